// Tests of module Worlds.
