// Sentences that the logic of a lab made, said in the learner's language, their numbers with its signs.

#pragma once

#include <concepts>
#include <string>

#include "core/support/result.h"

namespace terrarium::ui {

std::string message_words(const core::Message& message);
/// For nothing but messages: a literal is no message here.
template <std::same_as<core::Message> M>
std::string tr(const M& message) {
    return message_words(message);
}

/// "PLACE: message next step".
std::string error_words(const core::Error& error);
template <std::same_as<core::Error> E>
std::string tr(const E& error) {
    return error_words(error);
}

/// A message as one text and back, for what keeps sentences: the progress record. A text that is none is a pattern.
std::string packed(const core::Message& message);
core::Message unpacked(const std::string& text);

}  // namespace terrarium::ui
