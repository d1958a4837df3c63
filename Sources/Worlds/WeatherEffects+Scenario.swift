extension WorldSampler {
    /// What weather does in the worlds of some perturbations: the standard table, as far as none says otherwise.
    public static func weatherEffects(of perturbations: [any Perturbation]) -> WeatherEffects {
        for perturbation in perturbations {
            if let table = perturbation as? WeatherEffectTable { return table.effects }
        }
        return .standard
    }
}
