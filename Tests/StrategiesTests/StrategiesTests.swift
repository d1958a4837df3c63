// Tests of module Strategies.
