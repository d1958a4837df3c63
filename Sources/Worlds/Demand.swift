import Domain
import History
import Replay

/// Demand drawn anew in each world: order i of the record appears Poisson many times, with mean `multiplier` x surges x
/// the frailty of its region and day.
///
/// Copy 0 keeps time and place. A further copy is placed at most `jitter_minutes` earlier or later (reflected at the
/// horizon), where a random order of the same region is. The number is a quantile of one draw of the order (purpose
/// `demandMultiplicity`), so that a raised surge keeps every copy it had; the frailty is a gamma quantile with mean 1
/// (purpose `demandFrailty`, entity region and day). Without surge and spread every order appears `multiplier` times on average
/// and the number of orders is Poisson; with `poisson: off` each appears as often as the mean says, the rest by one draw.
///
/// `time_warp` moves the orders of a span of time within it: `t' = from + (to - from) ((t - from) / (to - from))^power`; above 1 they
/// come earlier, below 1 later. A surge multiplies the mean for its regions, categories (of the order's first line),
/// channels and segments: rising over `ramp_hours` up to `from`, full until `to`, then falling as `exp(-t / decay_hours)`; one
/// that keeps the volume is a shift of the mix: all orders are divided by the mean it gives.
struct Demand: Perturbation {
    /// Its line in the catalogue.
    static let entry = MemberEntry(
        standard,
        parameters: [
            ParameterDeclaration(
                "multiplier", .number(NumberRange(lower: 0, upper: 1_000)), default: 1, summary: "of all demand"),
            ParameterDeclaration(
                "poisson", .flag, default: true, summary: "whether numbers are Poisson, or as even as can be"),
            ParameterDeclaration(
                "frailty_sd", .number(NumberRange(lower: 0, upper: 3)), default: 0,
                summary: "standard deviation of the factor that a region's day has"),
            ParameterDeclaration(
                "jitter_minutes", .number(.nonNegative), unit: "min", default: 30,
                summary: "how much earlier or later copies come, at most"),
            ParameterDeclaration(
                "surges", .list(.record(surgeFields)), default: [], summary: "where and when it is more"),
            ParameterDeclaration(
                "time_warp", .list(.record(warpFields)), default: [],
                summary: "spans in which orders come earlier or later"),
        ]
    ) { (parameters, dataset) throws(InputError) -> any Perturbation in
        var model = DemandModel(
            multiplier: try parameters.number("multiplier"), isPoisson: try parameters.flag("poisson"),
            frailtyDeviation: try parameters.number("frailty_sd"),
            jitterSeconds: 60 * (try parameters.number("jitter_minutes")))
        for given in try parameters.records("surges", declared: surgeFields, dataset: dataset) {
            model.surges.append(try surge(given))
        }
        for given in try parameters.records("time_warp", declared: warpFields, dataset: dataset) {
            let span = try given.interval(of: "a time warp")
            model.warps.append(
                DemandModel.Warp(from: span.from, to: span.to, power: try given.number("power")))
        }
        return Demand(model: model, key: parameters.key)
    }
    private static let surgeFields = [
        ParameterDeclaration(
            "multiplier", .number(NumberRange(lower: 0, upper: 1_000)), summary: "of the demand it is about"),
        ParameterDeclaration(
            "from", .instant, unit: "s", isOptional: true, summary: "from when; from the beginning on"),
        ParameterDeclaration("to", .instant, unit: "s", isOptional: true, summary: "until when; until the end"),
        ParameterDeclaration(
            "ramp_hours", .number(.nonNegative), unit: "h", default: 0, summary: "hours over which it rises before"),
        ParameterDeclaration(
            "decay_hours", .number(.nonNegative), unit: "h", default: 0,
            summary: "hours in which it falls to 1 / e after"),
        ParameterDeclaration("regions", .list(.reference(.region)), isOptional: true, summary: "where; everywhere"),
        ParameterDeclaration("categories", .list(.reference(.category)), isOptional: true, summary: "of what; of all"),
        ParameterDeclaration("channels", .list(.reference(.channel)), isOptional: true, summary: "by which channels"),
        ParameterDeclaration("segments", .list(.reference(.segment)), isOptional: true, summary: "by whom; by all"),
        ParameterDeclaration(
            "keeps_volume", .flag, default: false, summary: "whether all demand stays what it was: a shift of the mix"),
    ]
    private static let warpFields = [
        .beginning, .end,
        ParameterDeclaration(
            "power", .number(NumberRange(lower: 0.05, upper: 20)), summary: "above 1: earlier; below 1: later"),
    ]
    private static let standard = PerturbationDeclaration(
        name: "demand", summary: "How many orders come, where and when: surges, spikes, shifts", group: .demand)

    let model: DemandModel
    /// Its parameters as text.
    let key: String
    var declaration: PerturbationDeclaration { Self.standard }

    func key(in dataset: Dataset) -> String? { model.isRecorded ? nil : declaration.name + key }

    func apply(to world: inout World, dataset: Dataset, settings: ReplaySettings) throws(InputError) {
        if model.isRecorded { return }
        let clock = try LocalCalendar.make(
            description: dataset.description, from: min(0, settings.from) - 86_400, to: settings.to + 86_400)
        let copies = model.copies(of: dataset, settings: settings, calendar: clock, draws: world.draws)
        world.book = try WorldBook(copies: copies, of: dataset, settings: settings)
    }

    private static func surge(_ given: MemberParameters) throws(InputError) -> DemandModel.Surge {
        let span = try given.interval(of: "a surge")
        return DemandModel.Surge(
            multiplier: try given.number("multiplier"), from: span.from, to: span.to,
            rampSeconds: 3_600 * (try given.number("ramp_hours")),
            decaySeconds: 3_600 * (try given.number("decay_hours")), regions: given.indices("regions"),
            categories: given.indices("categories"), channels: given.indices("channels"),
            segments: given.indices("segments"), keepsVolume: try given.flag("keeps_volume"))
    }
}
