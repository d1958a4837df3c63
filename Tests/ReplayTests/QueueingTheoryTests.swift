import TestKit
import Testing

/// The closed forms against values known from elsewhere.
@Suite struct QueueingTheoryTests {
    /// Erlang's C at loads where it is a fraction of small numbers, and where tables print it.
    @Test func probabilityOfWaiting() {
        #expect(abs(QueueingTheory.probabilityOfWaiting(offeredLoad: 0.7, servers: 1) - 0.7) < 1e-15)
        #expect(abs(QueueingTheory.probabilityOfWaiting(offeredLoad: 1, servers: 2) - 1 / 3.0) < 1e-15)
        // (4^5 / 5! x 5) / (1 + 4 + 8 + 32 / 3 + 32 / 3 + that) = 128 / 231.
        #expect(abs(QueueingTheory.probabilityOfWaiting(offeredLoad: 4, servers: 5) - 128 / 231.0) < 1e-15)
        #expect(QueueingTheory.probabilityOfWaiting(offeredLoad: 0, servers: 3) == 0)
    }

    /// Erlang's C equals its definition, a sum of a^k / k!, for all servers and loads that the theory tests use.
    @Test func probabilityOfWaitingByDefinition() {
        for servers in [1, 2, 5, 10, 50] {
            for load in [0.5, 0.8, 0.95] {
                let offered = load * Double(servers)
                var term = 1.0
                var sum = 0.0
                for count in 0..<servers {
                    sum += term
                    term *= offered / Double(count + 1)
                }
                let waiting = term / (1 - load)
                let expected = waiting / (sum + waiting)
                let value = QueueingTheory.probabilityOfWaiting(offeredLoad: offered, servers: servers)
                #expect(abs(value - expected) < 1e-12 * expected)
            }
        }
    }

    /// One server with exponential service waits `rho / (1 - rho)` mean services, by either formula, and half of it with
    /// constant service.
    @Test func oneServer() {
        for load in [0.1, 0.5, 0.8, 0.95] {
            let expected = load / (1 - load) * 60
            let byServers = QueueingTheory.meanWaitExponential(load: load, servers: 1, meanService: 60)
            let byVariance = QueueingTheory.meanWaitGeneral(load: load, meanService: 60, squaredVariation: 1)
            let constant = QueueingTheory.meanWaitConstant(load: load, meanService: 60)
            #expect(abs(byServers - expected) < 1e-12 * expected && abs(byVariance - expected) < 1e-12 * expected)
            #expect(abs(constant - expected / 2) < 1e-12 * expected)
        }
    }

    /// Two servers: the mean wait is `rho^2 / (1 - rho^2)` mean services.
    @Test func twoServers() {
        for load in [0.3, 0.8] {
            let value = QueueingTheory.meanWaitExponential(load: load, servers: 2, meanService: 7)
            #expect(abs(value - 7 * load * load / (1 - load * load)) < 1e-12)
        }
    }
}
