#include "platform/sdl_window.h"

#include <SDL.h>
#include <imgui_impl_opengl3.h>

#include "ui/context.h"

#ifdef __EMSCRIPTEN__
#include <GLES3/gl3.h>
#else
#include <SDL_opengl.h>
#endif

#ifdef __EMSCRIPTEN__
// SDL asks for EGL extensions by name. The real answer would bring every function of WebGL into the download; none is
// used.
extern "C" void (*eglGetProcAddress(const char*))(void) { return nullptr; }
#endif

namespace terrarium::platform {

bool SdlWindow::open(const char* title, int width, int height) {
#ifdef __EMSCRIPTEN__
    // The page owns keys, focus and the size of the canvas.
    SDL_SetHint(SDL_HINT_EMSCRIPTEN_KEYBOARD_ELEMENT, "#none");
    SDL_SetHint(SDL_HINT_EMSCRIPTEN_ASYNCIFY, "0");
    SDL_EventState(SDL_MOUSEWHEEL, SDL_IGNORE);
#endif
    if (SDL_Init(SDL_INIT_VIDEO) != 0) {
        problem_ = SDL_GetError();
        return false;
    }
#ifdef __EMSCRIPTEN__
    const char* glsl = "#version 300 es";
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_ES);
    const Uint32 flags = SDL_WINDOW_OPENGL;
#else
    const char* glsl = "#version 150";
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_CORE);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 2);
    const Uint32 flags = SDL_WINDOW_OPENGL | SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI;
#endif
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_DOUBLEBUFFER, 1);
    SDL_GL_SetAttribute(SDL_GL_DEPTH_SIZE, 0);
    window_ = SDL_CreateWindow(title, SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, width, height, flags);
    if (window_ != nullptr) context_ = SDL_GL_CreateContext(window_);
    if (context_ == nullptr) {
        problem_ = SDL_GetError();
        return false;
    }
#ifndef __EMSCRIPTEN__
    SDL_GL_SetSwapInterval(1);
#endif
    is_drawing_ = ImGui_ImplOpenGL3_Init(glsl);
    if (!is_drawing_) problem_ = "the graphics of this device cannot draw the page";
    return is_drawing_;
}

SdlWindow::~SdlWindow() {
    if (is_drawing_) ImGui_ImplOpenGL3_Shutdown();
    if (context_ != nullptr) SDL_GL_DeleteContext(context_);
    if (window_ != nullptr) SDL_DestroyWindow(window_);
    SDL_Quit();
}

void SdlWindow::draw(ImU32 background) {
    if (!is_drawing_) return;
    ImDrawData* data = ImGui::GetDrawData();
    const ImVec4 color = ImGui::ColorConvertU32ToFloat4(background);
    const ImVec2 scale = data->FramebufferScale;
    ImGui_ImplOpenGL3_NewFrame();
    glViewport(0, 0, static_cast<int>(data->DisplaySize.x * scale.x), static_cast<int>(data->DisplaySize.y * scale.y));
    glClearColor(color.x, color.y, color.z, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(data);
#ifndef __EMSCRIPTEN__
    SDL_GL_SwapWindow(window_);
#endif
}

void SdlWindow::lose_graphics() {
    if (is_drawing_) ImGui_ImplOpenGL3_DestroyDeviceObjects();
    is_drawing_ = false;
}

void SdlWindow::restore_graphics() { is_drawing_ = ImGui_ImplOpenGL3_CreateDeviceObjects(); }

}  // namespace terrarium::platform
