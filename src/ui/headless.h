// ImGui without a renderer: tests, and the page when WebGL is missing and only the twin is read.

#pragma once

namespace terrarium::ui {

void use_no_renderer();                   ///< once, after the context was made
void finish_textures_without_renderer();  ///< after each frame: says that every texture was "uploaded"

}  // namespace terrarium::ui
