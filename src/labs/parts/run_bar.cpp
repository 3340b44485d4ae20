#include "labs/parts/run_bar.h"

namespace terrarium::labs {

void draw_run_bar(const ui::RunBar& state, Intents& out) {
    switch (ui::run_bar(state)) {
        case ui::RunAsked::Start:
        case ui::RunAsked::Restart:
            out.push_back(Start{});
            break;
        case ui::RunAsked::Pause:
            out.push_back(Pause{});
            break;
        case ui::RunAsked::Resume:
            out.push_back(Resume{});
            break;
        case ui::RunAsked::Step:
            out.push_back(StepOnce{});
            break;
        case ui::RunAsked::Stop:
            out.push_back(Stop{});
            break;
        case ui::RunAsked::Reset:
        case ui::RunAsked::None:
            break;
    }
}

}  // namespace terrarium::labs
