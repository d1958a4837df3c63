import Testing

@testable import DeterministicMath

/// Whatever the processor, the compiler's optimisation or the C library, the bits are these. A change of a function
/// changes its line here, and every stored result with it.
@Suite struct PinnedBitsTests {
    /// FNV-1a over the bit patterns of `function` at 4,001 points.
    static func digest(_ low: Double, _ high: Double, _ function: (Double) -> Double) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for index in 0...4000 {
            var bits = function(low + (high - low) * (Double(index) / 4000)).bitPattern
            for _ in 0..<8 {
                hash = (hash ^ (bits & 0xff)) &* 0x0000_0100_0000_01b3
                bits >>= 8
            }
        }
        return hash
    }

    @Test(
        "Every function gives the same bits in debug and release builds and on every machine",
        arguments: [
            ("exp", 0x54cf_3609_ab34_85dd), ("expm1", 0x8fd8_35e5_dea2_e281), ("log", 0x362b_fb0f_6fce_df42),
            ("log1p", 0x7f7c_e8f8_f8e0_d554), ("power", 0x027d_55bb_3a06_906a), ("sine", 0x294a_1b70_2598_d44f),
            ("cosine", 0x2b3e_6a3b_aca1_3c43),
            ("arcsine", 0xa8e1_3c6a_8873_af64), ("arctangent", 0xd4a6_0443_5dc7_a06b),
            ("complementaryError", 0xcf66_82a9_146c_8dc0), ("normalCumulative", 0x55fa_8f59_85c7_3442),
            ("normalQuantile", 0xdeb8_9207_47e4_f026), ("logGamma", 0x7d9f_72eb_5e6e_c98e),
            ("regularisedGamma", 0xda52_c218_d26c_0326), ("gammaQuantile", 0xbe64_5704_fd04_c9d7),
            ("regularisedBeta", 0xd023_3213_b6b8_8fd9),
        ] as [(String, UInt64)])
    func bits(_ name: String, _ expected: UInt64) {
        typealias Math = DeterministicMath
        let digest =
            switch name {
            case "exp": Self.digest(-746, 710, Math.exp(_:))
            case "expm1": Self.digest(-45, 45, Math.expm1)
            case "log": Self.digest(1e-3, 50, Math.log)
            case "log1p": Self.digest(-0.999, 9, Math.log1p)
            case "power": Self.digest(0, 7) { Math.power($0, 1.7) }
            case "sine": Self.digest(-900, 900, Math.sine)
            case "cosine": Self.digest(-900, 900, Math.cosine)
            case "arcsine": Self.digest(-1, 1, Math.arcsine)
            case "arctangent": Self.digest(-9, 9) { Math.arctangent($0) }
            case "complementaryError": Self.digest(-7, 27) { Math.complementaryError($0) }
            case "normalCumulative": Self.digest(-39, 9, Math.normalCumulative)
            case "normalQuantile": Self.digest(0, 1, Math.normalQuantile)
            case "logGamma": Self.digest(0.1, 90, Math.logGamma)
            case "regularisedGamma": Self.digest(0, 40) { Math.regularisedGamma(shape: 7.5, $0).upper }
            case "gammaQuantile": Self.digest(0, 0.999) { Math.gammaQuantile(shape: 2.5, $0) }
            default: Self.digest(0, 1) { Math.regularisedBeta(4.5, 0.5, $0).lower }
            }
        #expect(digest == expected, "\(name) 0x\(String(digest, radix: 16))")
    }
}
