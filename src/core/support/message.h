// A sentence of the program that has not been said yet: its English pattern and its values apart, so that the page can
// say it in the learner's language, while the command line says it in English.
//
//     verdict.reason = Message("The head you named puts {0} on the token before it.", {fixed(mass, 2)});
//     return Error{"text.short", file, "The text is too short.", "Choose a longer one."};
//
// tools/locales.mjs collects the patterns, which must be literals. Values are in data form ("2.31", "1,500"), or names
// that are the same in every language; a word of ours is never a value, because other languages bend it.

#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace terrarium::core {

/// Replaces `{0}`, `{1}` ... in `pattern`. A brace without a value stays as it is.
std::string filled(std::string_view pattern, std::span<const std::string> values);

class Message {
public:
    Message() = default;
    Message(std::string pattern, std::vector<std::string> values = {})  // NOLINT: most sentences have no value
        : pattern_(std::move(pattern)), values_(std::move(values)) {}
    Message(const char* pattern) : pattern_(pattern) {}  // NOLINT: as above

    const std::string& pattern() const { return pattern_; }
    const std::vector<std::string>& values() const { return values_; }
    bool empty() const { return pattern_.empty(); }
    /// What is said right after it, as sentences of their own.
    const std::vector<Message>& next() const { return next_; }
    std::string english() const;
    bool operator==(const Message&) const = default;

    /// This, and after it `next`. What is empty adds nothing.
    Message then(Message next) const;

private:
    std::string pattern_;
    std::vector<std::string> values_;
    std::vector<Message> next_;
};

/// Marks a literal that reaches tr() later, through a variable.
constexpr const char* tr_later(const char* english) { return english; }

/// 2.3149, 2 -> "2.31": the data form of a value.
std::string fixed(double value, int digits);

}  // namespace terrarium::core
