// Tests of module Constraints.
