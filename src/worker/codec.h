// Messages to bytes and back. A message that is not one of ours decodes to nothing: the caller drops it.

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "worker/messages.h"

namespace terrarium::worker {

std::vector<uint8_t> encode(const Command& command);
std::vector<uint8_t> encode(const Event& event);
std::optional<Command> decode_command(std::span<const uint8_t> bytes);
std::optional<Event> decode_event(std::span<const uint8_t> bytes);

}  // namespace terrarium::worker
