// Points and labels that tests/golden/models/classical.py makes by the same formula.

#pragma once

#include <cstdint>
#include <vector>

namespace terrarium::core::tests {

struct ClassicalPoints {
    std::vector<double> x;  ///< [40,3]
    std::vector<int32_t> two, three;

    ClassicalPoints() {
        for (int n = 0; n < 40; ++n) {
            double score = ((13 * n) % 7 - 3) * 0.5;
            for (int d = 0; d < 3; ++d) {
                x.push_back(((37 * n + 11 * d * d + 5 * n * d) % 23) * 4.0 / 23.0 - 2.0);
                score += x.back();
            }
            three.push_back(score < -1.0 ? 0 : (score < 1.0 ? 1 : 2));
            two.push_back(score > 0.0 ? 1 : 0);
        }
    }
};

}  // namespace terrarium::core::tests
