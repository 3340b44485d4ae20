#include "core/io/url_state.h"

#include <algorithm>
#include <map>

#include "core/io/bytes.h"
#include "core/io/number_text.h"

namespace terrarium::core::io {
namespace {

constexpr size_t kMaxItemBytes = 200;

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

/// The decoded text, or nothing where the bytes cannot be meant: see parse_url().
std::optional<std::string> percent_decode(std::string_view raw) {
    std::string text;
    for (size_t at = 0; at < raw.size(); ++at) {
        if (raw[at] != '%') {
            text.push_back(raw[at]);
            continue;
        }
        if (raw.size() - at < 3) return std::nullopt;
        const int high = hex_value(raw[at + 1]);
        const int low = hex_value(raw[at + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        text.push_back(static_cast<char>(static_cast<uint8_t>(high * 16 + low)));
        at += 2;
    }
    if (find_invalid_utf8(text)) return std::nullopt;
    const bool has_control = std::any_of(text.begin(), text.end(), [](char c) {
        return (static_cast<uint8_t>(c) < 0x20 && c != '\n' && c != '\t') || c == '\x7F';
    });
    if (has_control) return std::nullopt;
    return text;
}

/// Leaves what is plain in every reader's eyes; all else, also + and &, is written as %XX.
std::string percent_encode(std::string_view text) {
    constexpr std::string_view kPlain = "-._~,/:";
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (is_letter_or_digit(c) || kPlain.find(c) != std::string_view::npos) {
            out.push_back(c);
        } else {
            const auto byte = static_cast<uint8_t>(c);
            out.push_back('%');
            out.push_back(kHex[byte >> 4]);
            out.push_back(kHex[byte & 15]);
        }
    }
    return out;
}

/// "en", "pt-BR", "zh-Hant-TW": a language of 2 or 3 letters and up to 3 further parts; or one of our own ("x-long").
bool is_language(std::string_view text) {
    const bool is_our_own = text.starts_with("x-");
    if (is_our_own) text.remove_prefix(2);
    size_t n_parts = 0;
    for (size_t from = 0; from <= text.size(); ++n_parts) {
        const size_t dash = std::min(text.find('-', from), text.size());
        const std::string_view part = text.substr(from, dash - from);
        const bool is_first = n_parts == 0 && !is_our_own;
        if (part.size() < 2 || part.size() > (is_first ? 3u : 8u)) return false;
        if (!std::all_of(part.begin(), part.end(), is_letter_or_digit)) return false;
        if (is_first && std::any_of(part.begin(), part.end(), [](char c) { return c < 'a' || c > 'z'; })) return false;
        from = dash + 1;
    }
    return n_parts <= 4;
}

/// "https://host" or "https://host:port" and nothing after it; http only for the machine itself.
bool is_origin(std::string_view text) {
    const auto skip = [&text](std::string_view prefix) {
        const bool has = text.substr(0, prefix.size()) == prefix;
        if (has) text.remove_prefix(prefix.size());
        return has;
    };
    const bool is_secure = skip("https://");
    if (!is_secure && !skip("http://")) return false;
    if (const size_t colon = text.find(':'); colon != std::string_view::npos) {
        const std::optional<uint64_t> port = parse_uint(text.substr(colon + 1));
        if (!port || *port < 1 || *port > 65535) return false;
        text = text.substr(0, colon);
    }
    if (!is_secure) return text == "localhost" || text == "127.0.0.1";
    return !text.empty() && text.size() <= 253 && is_letter_or_digit(text.front()) && is_letter_or_digit(text.back()) &&
           text.find("..") == std::string_view::npos &&
           std::all_of(text.begin(), text.end(), [](char c) { return is_letter_or_digit(c) || c == '-' || c == '.'; });
}

/// Names of controls: like ids, and with a dash.
bool is_control_name(std::string_view text) {
    std::string as_id(text);
    std::replace(as_id.begin(), as_id.end(), '-', '_');
    return is_id(as_id);
}

class Reader {
public:
    UrlState state;

    void note(Message sentence) { state.notes.push_back(std::move(sentence)); }

    /// `why` says of {0}={1} what would have been acceptable.
    void unusable(const std::string& name, std::string_view value, const char* why) {
        note(Message(why, {name, in_quotes(value)}));
    }

    /// Takes one value over. Returns a sentence for unusable(), or nothing when it was acceptable.
    const char* set(const std::string& name, const std::string& value) {
        if (name == "v") return version(value);
        if (name == "lab")
            return take(state.lab, value, is_id(value),
                        tr_later("The address says {0}={1}, which is not the id of a lab; the default is used."));
        if (name == "page")
            return take(state.page, value, is_id(value),
                        tr_later("The address says {0}={1}, which is not the id of a page; the default is used."));
        if (name == "item")
            return take(state.item, value, value.size() <= kMaxItemBytes,
                        tr_later("The address says {0}={1}, which is longer than 200 bytes; the default is used."));
        if (name == "present") {
            state.present = value == "1";
            return value == "1" || value == "0"
                       ? nullptr
                       : tr_later("The address says {0}={1}, which is not 0 or 1; the default is used.");
        }
        if (name == "turbo") {
            if (value != "0" && value != "1")
                return tr_later("The address says {0}={1}, which is not 0 or 1; the default is used.");
            state.turbo = value == "1";
            return nullptr;
        }
        if (name == "theme") {
            return take(state.theme, value, value == "system" || value == "light" || value == "dark",
                        tr_later("The address says {0}={1}, which is not system, light or dark; the default is used."));
        }
        if (name == "mirror") {
            return take(
                state.mirror, value, value == "normal" || value == "overlay" || value == "visible",
                tr_later("The address says {0}={1}, which is not normal, overlay or visible; the default is used."));
        }
        if (name == "lang")
            return take(
                state.lang, value, is_language(value),
                tr_later("The address says {0}={1}, which is not a language like en or pt-BR; the default is used."));
        if (name == "origin") {
            return take(state.origin, value, is_origin(value),
                        tr_later("The address says {0}={1}, which is not an address like https://example.org; the "
                                 "default is used."));
        }
        if (name == "hide") {
            names(state.hide, name, value);
        } else if (name == "lock") {
            names(state.lock, name, value);
        } else if (name == "seed") {
            state.seed = parse_uint(value);
            if (!state.seed)
                return tr_later(
                    "The address says {0}={1}, which is not a whole number from 0 on; the default is used.");
        } else if (name == "workers") {
            const std::optional<uint64_t> number = parse_uint(value);
            if (!number || *number < 1 || *number > 64)
                return tr_later(
                    "The address says {0}={1}, which is not a whole number from 1 to 64; the default is used.");
            state.workers = static_cast<int>(*number);
        } else if (name.starts_with("p.")) {
            parameter(name.substr(2), value);
        }
        return nullptr;
    }

private:
    static const char* take(std::string& target, const std::string& value, bool is_good, const char* why) {
        if (!is_good) return why;
        target = value;
        return nullptr;
    }

    void names(std::vector<std::string>& target, std::string_view name, std::string_view value) {
        target.clear();
        for (size_t from = 0; from < value.size();) {
            const size_t comma = std::min(value.find(',', from), value.size());
            const std::string_view part = value.substr(from, comma - from);
            from = comma + 1;
            if (part.empty() || std::find(target.begin(), target.end(), part) != target.end()) continue;
            if (!is_control_name(part)) {
                note(Message("The address names {0} under {1}, which cannot be the name of a control; it is ignored.",
                             {in_quotes(part), std::string(name)}));
            } else if (target.size() == kMaxUrlParameters) {
                note(Message("The address names more than {0} controls under {1}; the rest is ignored.",
                             {std::to_string(kMaxUrlParameters), std::string(name)}));
                return;
            } else {
                target.emplace_back(part);
            }
        }
    }

    const char* version(const std::string& value) {
        const std::optional<uint64_t> number = parse_uint(value);
        if (!number || *number < 1)
            return tr_later("The address says {0}={1}, which is not a version number; the default is used.");
        if (*number > kUrlVersion) {
            note("The link was made by a newer version of this page; what is known here is used.");
        }
        return nullptr;
    }

    void parameter(const std::string& name, const std::string& value) {
        if (!is_id(name)) {
            note(Message("The address sets {0}, which cannot be the name of a setting; it is ignored.",
                         {in_quotes(name)}));
        } else if (state.parameters.size() == kMaxUrlParameters) {
            if (!said_too_many_) {
                note(Message("The address sets more than {0} settings; the rest is ignored.",
                             {std::to_string(kMaxUrlParameters)}));
            }
            said_too_many_ = true;
        } else {
            set_parameter(state, name, value);
        }
    }

    bool said_too_many_ = false;
};

bool is_known(std::string_view name) {
    constexpr std::string_view kNames[] = {"v",       "lab",   "page",  "item", "seed",   "hide",    "lock",
                                           "present", "turbo", "theme", "lang", "mirror", "workers", "origin"};
    return name.starts_with("p.") || std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

}  // namespace

UrlState parse_url(std::string_view fragment) {
    Reader reader;
    if (fragment.starts_with('#')) fragment.remove_prefix(1);
    if (fragment.size() > kMaxUrlBytes) {
        reader.note(
            Message("The address is {0} bytes long; at most {1} are read, so the defaults are used.",
                    {grouped(static_cast<int64_t>(fragment.size())), grouped(static_cast<int64_t>(kMaxUrlBytes))}));
        return std::move(reader.state);
    }
    // Two rounds: first the last value of every name, then the meaning. Otherwise an earlier, overruled value could
    // leave notes or list entries behind.
    std::map<std::string, std::string_view> raw_values;
    for (size_t from = 0; from < fragment.size();) {
        const size_t end = std::min(fragment.find('&', from), fragment.size());
        const std::string_view part = fragment.substr(from, end - from);
        from = end + 1;
        const size_t equals = std::min(part.find('='), part.size());
        const std::optional<std::string> name = percent_decode(part.substr(0, equals));
        if (!name || !is_known(*name)) continue;
        const bool is_new = raw_values.insert_or_assign(*name, part.substr(std::min(equals + 1, part.size()))).second;
        if (!is_new) {
            reader.note(Message("The address says {0} more than once; the last one is used.", {in_quotes(*name)}));
        }
    }
    for (const auto& [name, raw_value] : raw_values) {
        if (const std::optional<std::string> value = percent_decode(raw_value)) {
            if (const char* why = reader.set(name, *value)) reader.unusable(name, *value, why);
        } else {
            reader.note("The value of " + in_quotes(name) +
                        " in the address is damaged (a % without two hexadecimal digits, a control character, or bytes "
                        "that are not UTF-8); the default is used.");
        }
    }
    return std::move(reader.state);
}

std::string format_url(const UrlState& state) {
    std::string url = "#v=" + std::to_string(kUrlVersion);
    const auto add = [&url](std::string_view name, std::string_view value) {
        url += "&" + percent_encode(name) + "=" + percent_encode(value);
    };
    const auto joined = [](const std::vector<std::string>& names) {
        std::string list;
        for (const std::string& name : names) list += (list.empty() ? "" : ",") + name;
        return list;
    };
    const UrlState defaults;
    if (!state.lab.empty()) add("lab", state.lab);
    if (!state.page.empty()) add("page", state.page);
    if (!state.item.empty()) add("item", state.item);
    if (state.seed) add("seed", std::to_string(*state.seed));
    std::vector<std::pair<std::string, std::string>> parameters = state.parameters;
    std::sort(parameters.begin(), parameters.end());
    for (const auto& [name, value] : parameters) add("p." + name, value);
    if (!state.hide.empty()) add("hide", joined(state.hide));
    if (!state.lock.empty()) add("lock", joined(state.lock));
    if (state.present) add("present", "1");
    if (state.turbo) add("turbo", *state.turbo ? "1" : "0");
    if (state.theme != defaults.theme) add("theme", state.theme);
    if (!state.lang.empty()) add("lang", state.lang);
    if (state.mirror != defaults.mirror) add("mirror", state.mirror);
    if (state.workers) add("workers", std::to_string(*state.workers));
    if (!state.origin.empty()) add("origin", state.origin);
    return url;
}

void set_parameter(UrlState& state, std::string_view name, std::string_view value) {
    auto& list = state.parameters;
    const auto place = std::lower_bound(list.begin(), list.end(), name,
                                        [](const auto& entry, std::string_view key) { return entry.first < key; });
    if (place != list.end() && place->first == name) {
        place->second = value;
    } else {
        list.emplace(place, std::string(name), std::string(value));
    }
}

nlohmann::json parameters_as_json(const UrlState& state) {
    nlohmann::json object = nlohmann::json::object();
    for (const auto& [name, value] : state.parameters) object[name] = value;
    return object;
}

}  // namespace terrarium::core::io
