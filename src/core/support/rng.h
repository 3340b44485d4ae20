// The one source of chance in the project: the named generator "pcg32".
//
// Same seed, same numbers, on every machine. The standard library's generators would do, its distributions not: they
// differ between implementations. Give every purpose its own stream with fork("init"), fork("batches"), ...; then using
// one more number here does not change what is drawn there.
//
// Source: M. E. O'Neill, PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random Number
// Generation (2014), PCG-XSH-RR 64/32. Not for secrets.

#pragma once

#include <cstdint>
#include <string_view>

namespace terrarium::core {

/// Random bits number `index` of the sequence `key`, without drawing those before it. For masks, where every place has
/// its own number whatever the order in which places are visited. Take the key from an Rng: sequences of neighbouring
/// keys are unrelated.
/// Source: Steele, Lea, Flood, Fast Splittable Pseudorandom Number Generators (2014): SplitMix64, output number
/// `index`.
[[nodiscard]] uint64_t random_bits_at(uint64_t key, uint64_t index);

/// Everything a generator remembers. A checkpoint keeps it.
struct RngState {
    uint64_t seed = 0;
    uint64_t state = 0;
    uint64_t increment = 1;  ///< odd; selects the sequence
    double kept_normal = 0.0;
    bool has_kept_normal = false;
    friend bool operator==(const RngState&, const RngState&) = default;
};

class Rng {
public:
    static constexpr std::string_view kName = "pcg32";

    /// seed    any number; equal seeds give equal numbers
    /// stream  which of 2^63 sequences; 54 is the one in the published reference output
    explicit Rng(uint64_t seed, uint64_t stream = 54) { this->seed(seed, stream); }

    /// Starts again from a seed.
    void seed(uint64_t seed, uint64_t stream = 54);

    /// 32 random bits.
    uint32_t next_u32();

    /// A whole number in [0, n), each equally likely: numbers from the uneven rest are thrown away. Checks n >= 1.
    uint32_t below(uint32_t n);

    /// A number in [0, 1) with 53 random bits (two draws).
    double uniform();

    /// A number from the normal distribution with mean 0 and variance 1.
    /// Box-Muller: r = sqrt(-2 ln u1), r cos(2 pi u2); its partner r sin(2 pi u2) is kept for the next call.
    /// Source: Box & Muller, A Note on the Generation of Random Normal Deviates (1958).
    double normal();

    /// An independent generator. Depends on this one's seed and the name only, not on how many numbers were drawn.
    [[nodiscard]] Rng fork(std::string_view stream_name) const;

    [[nodiscard]] RngState state() const { return {seed_, state_, increment_, kept_normal_, has_kept_normal_}; }
    /// Goes on exactly where the generator of `state` stood. Checks: its increment is odd.
    void restore(const RngState& state);

private:
    uint64_t seed_ = 0;
    uint64_t state_ = 0;
    uint64_t increment_ = 0;  ///< odd; selects the sequence
    double kept_normal_ = 0.0;
    bool has_kept_normal_ = false;
};

}  // namespace terrarium::core
