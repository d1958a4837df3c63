/// Closed forms of queueing theory: Poisson arrivals, first come first served, infinite room.
///
/// All give the mean time in the queue, the service not included, in the unit of the mean service time. Sources:
/// Kleinrock 1975, "Queueing Systems, Volume 1", sections 3.2, 3.5 and 5.6; Erlang 1917.
public enum QueueingTheory {
    /// M/M/c: `C(c, a) / (c mu - lambda)`, with exponential service.
    ///
    /// - Parameters:
    ///   - load: arrival rate x mean service time / servers, in 0 ..< 1.
    ///   - servers: c, at least 1.
    ///   - meanService: 1 / mu.
    /// - Returns: the mean wait, in the unit of `meanService`.
    public static func meanWaitExponential(load: Double, servers: Int, meanService: Double) -> Double {
        checkLoad(load)
        let offered = load * Double(servers)
        return probabilityOfWaiting(offeredLoad: offered, servers: servers) * meanService
            / (Double(servers) - offered)
    }

    /// M/D/1: `rho / (2 mu (1 - rho))`, with constant service.
    public static func meanWaitConstant(load: Double, meanService: Double) -> Double {
        meanWaitGeneral(load: load, meanService: meanService, squaredVariation: 0)
    }

    /// M/G/1, Pollaczek 1930 and Khinchine 1932: `rho (1 + c^2) / (2 mu (1 - rho))`.
    ///
    /// - Parameters:
    ///   - load: arrival rate x mean service time, in 0 ..< 1.
    ///   - meanService: 1 / mu.
    ///   - squaredVariation: c^2, the variance of the service time over its squared mean.
    /// - Returns: the mean wait, in the unit of `meanService`.
    public static func meanWaitGeneral(load: Double, meanService: Double, squaredVariation: Double) -> Double {
        checkLoad(load)
        precondition(squaredVariation >= 0, "a squared coefficient of variation is not negative")
        return load * (1 + squaredVariation) / 2 * meanService / (1 - load)
    }

    /// Erlang's C: the probability that an order of M/M/c waits.
    ///
    /// By the recursion of Erlang's B, `B(0) = 1, B(n) = a B(n - 1) / (n + a B(n - 1))`, which neither overflows nor
    /// cancels; then `C = B / (1 - (a / c) (1 - B))`.
    ///
    /// - Parameters:
    ///   - offeredLoad: a, arrival rate x mean service time, in 0 ..< c.
    ///   - servers: c, at least 1.
    /// - Returns: a probability.
    public static func probabilityOfWaiting(offeredLoad: Double, servers: Int) -> Double {
        precondition(servers >= 1 && offeredLoad >= 0 && offeredLoad < Double(servers), "a stable queue")
        var blocking = 1.0
        for server in 1...servers { blocking = offeredLoad * blocking / (Double(server) + offeredLoad * blocking) }
        return blocking / (1 - offeredLoad / Double(servers) * (1 - blocking))
    }

    private static func checkLoad(_ load: Double) {
        precondition(load >= 0 && load < 1, "a load of 1 or more has no steady state")
    }
}
