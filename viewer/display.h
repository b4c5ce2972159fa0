#pragma once

namespace viewer {

/// VTK ends the program where it cannot reach an X server. This asks first.
/// \throws Error no_display
void require_display();

}  // namespace viewer
