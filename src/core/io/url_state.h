// The address bar: what is on screen as one link, and the way back.
//
//     #v=1&lab=m2.pretraining&seed=7&p.learning_rate=0.003&hide=nav,quiz&lock=seed&theme=dark&lang=en&mirror=visible
//     #v=1&page=search&item=loss
//
// A teacher writes such a link by hand, a course platform cuts it, a search engine rewrites it. So nothing in it is
// fatal: a bad value becomes the default with a sentence for the reader, an unknown name is ignored without a word
// (it may belong to a later version or to the host page). Values of p.* stay texts here; what they mean, and which are
// allowed, only the lab knows: it reads them through fields.h with Source::Address.

#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/support/message.h"

namespace terrarium::core::io {

inline constexpr int kUrlVersion = 1;
inline constexpr size_t kMaxUrlBytes = 8192;
inline constexpr size_t kMaxUrlParameters = 64;  ///< also the most entries of hide and of lock

/// Everything a link can say.
struct UrlState {
    int version = kUrlVersion;
    std::string lab;                                              ///< id, "" when none is named
    std::string page;                                             ///< id of a page of the shell, "" for the lab itself
    std::string item;                                             ///< what that page is about, at most 200 bytes
    std::optional<uint64_t> seed;                                 ///< absent: the lab's default
    std::vector<std::pair<std::string, std::string>> parameters;  ///< p.NAME=VALUE without "p."; sorted, names unique
    std::vector<std::string> hide;                                ///< names of controls and parts that are not shown
    std::vector<std::string> lock;                                ///< names of controls that are shown but fixed
    bool present = false;                                         ///< opens as shown to a class
    std::optional<bool> turbo;                                    ///< absent: as the reader has set it
    std::string theme = "system";                                 ///< system | light | dark
    std::string lang;                                             ///< "en", "pt-BR"; "" = the reader's own
    std::string mirror = "normal";                                ///< normal | overlay | visible
    std::optional<int> workers;                                   ///< 1 to 64; absent: as the machine allows
    std::string origin;          ///< https origin of the page that may talk to us; "" = none named
    std::vector<Message> notes;  ///< sentences for the reader about what could not be used
};

/// Reads the part of an address after the hash; a leading # is skipped. Never fails.
///
/// fragment  in  at most kMaxUrlBytes; a longer one is not read at all, and a note says so
///
/// Names and values are percent-decoded one by one after splitting at & and the first =. A plus sign stays a plus
/// sign, as the standard for addresses has it (format_url writes neither plus nor space, so both habits of reading
/// agree on our own links). A bad %-sequence, %00 and other control characters, and bytes that are not UTF-8 make a
/// value unusable. Of a name that stands twice the last one counts, with a note.
/// Source: RFC 3986, sections 2.1 and 3.5.
[[nodiscard]] UrlState parse_url(std::string_view fragment);

/// The link for a state, with the leading #. Fixed order (v, lab, page, item, seed, p.* by name, hide, lock, present,
/// turbo, theme, lang, mirror, workers, origin); defaults are left out; so equal states give equal links. Notes are not
/// written. parse_url(format_url(s)) is s for every s that parse_url can return, apart from the notes.
[[nodiscard]] std::string format_url(const UrlState& state);

/// Sets p.NAME, keeping the order by name. Numbers go through format_number() (number_text.h) first.
void set_parameter(UrlState& state, std::string_view name, std::string_view value);

/// The parameters as an object of texts, the form Fields reads with Source::Address.
[[nodiscard]] nlohmann::json parameters_as_json(const UrlState& state);

}  // namespace terrarium::core::io
