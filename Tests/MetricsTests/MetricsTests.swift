// Tests of module Metrics.
