#include "ui/markup.h"

#include <md4c.h>

#include <algorithm>

#include "ui/formula.h"

namespace terrarium::ui {
namespace {

/// Collects what md4c reports, in the order of the text.
class Reader {
public:
    Markdown read(std::string_view text) {
        MD_PARSER parser{};
        parser.flags =
            MD_FLAG_NOHTML | MD_FLAG_NOINDENTEDCODEBLOCKS | MD_FLAG_TABLES | MD_FLAG_LATEXMATHSPANS | MD_FLAG_WIKILINKS;
        parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* self) {
            static_cast<Reader*>(self)->enter(type, detail);
            return 0;
        };
        parser.leave_block = [](MD_BLOCKTYPE type, void*, void* self) {
            static_cast<Reader*>(self)->leave(type);
            return 0;
        };
        parser.enter_span = [](MD_SPANTYPE type, void* detail, void* self) {
            static_cast<Reader*>(self)->enter(type, detail);
            return 0;
        };
        parser.leave_span = [](MD_SPANTYPE type, void*, void* self) {
            static_cast<Reader*>(self)->leave(type);
            return 0;
        };
        parser.text = [](MD_TEXTTYPE type, const MD_CHAR* words, MD_SIZE size, void* self) {
            static_cast<Reader*>(self)->add(type, {words, size});
            return 0;
        };
        md_parse(text.data(), static_cast<MD_SIZE>(text.size()), &parser, this);
        return std::move(result_);
    }

private:
    struct List {
        bool is_numbered;
        unsigned next;
    };

    void enter(MD_BLOCKTYPE type, void* detail) {
        switch (type) {
            case MD_BLOCK_UL:
                lists_.push_back({false, 0});
                break;
            case MD_BLOCK_OL:
                lists_.push_back({true, static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start});
                break;
            case MD_BLOCK_LI:
                open({.kind = Block::Kind::Item, .depth = static_cast<int>(lists_.size()) - 1});
                if (lists_.back().is_numbered) block().mark = std::to_string(lists_.back().next++) + ".";
                break;
            case MD_BLOCK_P:
                // The first paragraph of an item is the item itself.
                if (lists_.empty() || !is_fresh_item()) {
                    open({.kind = is_quote_ ? Block::Kind::Quote : Block::Kind::Paragraph});
                }
                break;
            case MD_BLOCK_H:
                open({});
                style_.is_bold = true;
                break;
            case MD_BLOCK_QUOTE:
                is_quote_ = true;
                break;
            case MD_BLOCK_CODE:
                open({.kind = Block::Kind::Code});
                break;
            case MD_BLOCK_TABLE:
                open({.kind = Block::Kind::Table});
                break;
            case MD_BLOCK_TR:
                block().table.emplace_back();
                break;
            case MD_BLOCK_TH:
            case MD_BLOCK_TD:
                block().table.back().emplace_back();
                break;
            default:
                break;
        }
    }

    void leave(MD_BLOCKTYPE type) {
        if (type == MD_BLOCK_UL || type == MD_BLOCK_OL) lists_.pop_back();
        if (type == MD_BLOCK_H) style_.is_bold = false;
        if (type == MD_BLOCK_QUOTE) is_quote_ = false;
        if (type == MD_BLOCK_CODE) {
            while (block().text.ends_with('\n')) block().text.pop_back();
        }
        if (type == MD_BLOCK_P) {
            Block& last = block();
            if (is_display_ && last.runs.size() == 1) {
                last.kind = Block::Kind::Formula;
                last.text = last.runs[0].text;
                last.runs.clear();
            }
            is_display_ = false;
        }
    }

    void enter(MD_SPANTYPE type, void* detail) {
        const auto words = [](const MD_ATTRIBUTE& it) { return std::string(it.text ? it.text : "", it.size); };
        switch (type) {
            case MD_SPAN_STRONG:
                ++bold_;
                break;
            case MD_SPAN_EM:
                style_.is_italic = true;
                break;
            case MD_SPAN_CODE:
                style_.is_code = true;
                break;
            case MD_SPAN_LATEXMATH_DISPLAY:
                is_display_ = true;
                [[fallthrough]];
            case MD_SPAN_LATEXMATH:
                style_.is_formula = true;
                break;
            case MD_SPAN_WIKILINK:
                style_.term = words(static_cast<MD_SPAN_WIKILINK_DETAIL*>(detail)->target);
                break;
            case MD_SPAN_A: {
                const std::string address = words(static_cast<MD_SPAN_A_DETAIL*>(detail)->href);
                if (!safe_host(address).empty()) {
                    style_.address = address;
                } else {
                    result_.problems.push_back({"The link to \"" + address + "\" is not a plain https address.",
                                                "Write it like https://example.org/page, or leave the link out."});
                }
                break;
            }
            case MD_SPAN_IMG:
                result_.problems.push_back(
                    {"Pictures from outside are not shown.", "Use a figure of the program, or describe it in words."});
                break;
            default:
                break;
        }
    }

    void leave(MD_SPANTYPE type) {
        if (type == MD_SPAN_STRONG) --bold_;
        if (type == MD_SPAN_EM) style_.is_italic = false;
        if (type == MD_SPAN_CODE) style_.is_code = false;
        if (type == MD_SPAN_LATEXMATH || type == MD_SPAN_LATEXMATH_DISPLAY) {
            style_.is_formula = false;
            if (!runs().empty() && runs().back().is_formula) check_formula(runs().back().text);
        }
        if (type == MD_SPAN_WIKILINK) style_.term.clear();
        if (type == MD_SPAN_A && !style_.address.empty()) {
            const std::string host = safe_host(style_.address);
            add(MD_TEXT_NORMAL, " (" + host + ")");
            style_.address.clear();
        }
    }

    void add(MD_TEXTTYPE type, std::string_view words) {
        if (result_.blocks.empty()) return;
        if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR) words = " ";
        if (type == MD_TEXT_NULLCHAR) words = "\xEF\xBF\xBD";
        if (block().kind == Block::Kind::Code) {
            block().text += words;
            return;
        }
        Run run = style_;
        run.is_bold = run.is_bold || bold_ > 0;
        std::vector<Run>& into = runs();
        if (!into.empty()) {
            Run same = into.back();
            same.text.clear();
            if (is_same(same, run)) {
                into.back().text += words;
                return;
            }
        }
        run.text = words;
        into.push_back(std::move(run));
    }

    static bool is_same(const Run& a, const Run& b) {
        return a.is_bold == b.is_bold && a.is_italic == b.is_italic && a.is_code == b.is_code &&
               a.is_formula == b.is_formula && a.term == b.term && a.address == b.address;
    }

    void check_formula(const std::string& source) {
        if (const auto formula = parse_formula(source); !formula) {
            result_.problems.push_back(
                {"The formula \"" + source + "\" cannot be read. " + formula.error().message.english(),
                 formula.error().next_step.english()});
        }
    }

    void open(Block block) { result_.blocks.push_back(std::move(block)); }
    Block& block() { return result_.blocks.back(); }
    bool is_fresh_item() { return block().kind == Block::Kind::Item && block().runs.empty(); }
    std::vector<Run>& runs() {
        return block().kind == Block::Kind::Table && !block().table.empty() ? block().table.back().back()
                                                                            : block().runs;
    }

    Markdown result_;
    Run style_;
    std::vector<List> lists_;
    int bold_ = 0;
    bool is_quote_ = false, is_display_ = false;
};

}  // namespace

Markdown read_markdown(std::string_view markdown) { return Reader().read(markdown); }

std::vector<Run> parse_markup(std::string_view markup) {
    // A comma in front keeps "1. Go" and "# 3" from being read as a list and a heading; it is taken away again.
    std::string line = "," + std::string(markup);
    std::replace(line.begin(), line.end(), '\n', ' ');
    Markdown read = Reader().read(line);
    if (read.blocks.empty() || read.blocks[0].runs.empty()) return {};
    std::vector<Run> runs = std::move(read.blocks[0].runs);
    runs[0].text.erase(0, 1);
    if (runs[0].text.empty()) runs.erase(runs.begin());
    return runs;
}

std::string plain_words(const std::vector<Run>& runs) {
    std::string words;
    for (const Run& run : runs) words += run.is_formula ? spoken_formula(run.text) : run.text;
    return words;
}

std::string plain_words(std::string_view markup) { return plain_words(parse_markup(markup)); }

std::string safe_host(std::string_view address) {
    constexpr std::string_view kScheme = "https://";
    if (!address.starts_with(kScheme) || address.size() > 500) return {};
    // Only signs that a reader can tell apart: no blanks, no controls, nothing that turns the direction of writing.
    const bool is_plain = std::all_of(address.begin(), address.end(), [](char c) {
        return c > ' ' && c < 0x7F && c != '\\' && c != '"' && c != '<' && c != '>' && c != '`';
    });
    if (!is_plain) return {};
    const std::string_view rest = address.substr(kScheme.size());
    const std::string_view host = rest.substr(0, rest.find_first_of("/?#"));
    const bool is_name = host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == std::string_view::npos;
    const size_t dot = host.find('.');
    if (!is_name || dot == 0 || dot == std::string_view::npos || host.ends_with('.')) return {};
    return std::string(host);
}

}  // namespace terrarium::ui
