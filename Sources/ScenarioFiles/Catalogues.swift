import Constraints
import Metrics
import Ratings
import Replay
import Strategies
import Worlds

/// The catalogues whose members a scenario may name.
enum Catalogues {
    static let ratings = RatingCatalogue.members
    static let constraints = ConstraintCatalogue.members
    static let strategies = StrategyCatalogue.members
    static let perturbations = PerturbationCatalogue.members
    static let metrics = MetricCatalogue.members
}
