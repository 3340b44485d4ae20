// SDL2's part: a window (natively) or the page's canvas, and a WebGL2 / OpenGL 3 context on it. On the web input does
// not come through SDL: its listeners would take keys, wheel and touch from the page around us.

#pragma once

#include <imgui.h>

#include <string>

struct SDL_Window;

namespace terrarium::platform {

class SdlWindow {
public:
    /// Opens; false with `problem` filled when there is no window or no context to be had.
    bool open(const char* title, int width, int height);
    ~SdlWindow();

    void draw(ImU32 background);  ///< the last frame of ImGui
    void lose_graphics();         ///< the context is gone: forget what lived there
    void restore_graphics();
    SDL_Window* window() const { return window_; }
    const std::string& problem() const { return problem_; }

private:
    SDL_Window* window_ = nullptr;
    void* context_ = nullptr;
    bool is_drawing_ = false;
    std::string problem_;
};

}  // namespace terrarium::platform
