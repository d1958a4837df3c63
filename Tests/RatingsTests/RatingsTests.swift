// Tests of module Ratings.
