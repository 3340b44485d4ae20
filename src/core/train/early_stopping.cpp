#include "core/train/early_stopping.h"

#include "core/support/check.h"

namespace terrarium::core {

EarlyStopping::EarlyStopping(const EarlyStoppingConfig& config) : config_(config) {
    TERRARIUM_CHECK(config.patience >= 1, "Patience is at least one value long.");
    TERRARIUM_CHECK(config.min_delta >= 0.0, "The smallest improvement that counts is not negative.");
}

bool EarlyStopping::update(int64_t step, double loss) {
    if (loss < state_.best_loss - config_.min_delta) {
        state_ = {step, loss, 0};
    } else if (state_.since_best < config_.patience) {
        ++state_.since_best;
    }
    return should_stop();
}

}  // namespace terrarium::core
