#include "labs/content.h"

#include <algorithm>

#include "core/io/fields.h"
#include "core/io/json_door.h"
#include "core/io/sha256.h"
#include "core/support/check.h"
#include "labs/content_parts.h"

namespace terrarium::labs {
namespace {

using core::Error;
using core::Result;
using core::io::FieldReport;
using core::io::Fields;
using core::io::Item;

std::vector<std::string> paragraphs(Fields& from, std::string_view key, int64_t min_count, int64_t max_count) {
    return from.texts(key, min_count, max_count, 1, 2000);
}

void read_limits(Fields limits, const json& tree, Content& content, FieldReport& report) {
    if (!tree.is_object()) return;
    for (const auto& [name, value] : tree.items()) {
        Fields one = limits.object(name);
        const Limit limit{one.number_in("min", -1e12, 1e12), one.number_in("max", -1e12, 1e12),
                          one.number_in_or("step", 0, 1e12, 0)};
        one.finish();
        content.limits[name] = limit;
        if (limit.max < limit.min) {
            report.refuse("range", one.path(), Message("The limit of {0} ends before it begins.", {name}),
                          "Swap min and max.");
        }
        const auto known = content.defaults.find(name);
        if (known == content.defaults.end() || !known->is_number()) continue;
        const double start = known->get<double>();
        if (start < limit.min || start > limit.max) {
            report.refuse("range", "/defaults/" + name,
                          Message("The default of {0} is outside its own limits.", {name}),
                          Message("Move the default, or widen /limits/{0}.", {name}));
        }
    }
}

void read_steps(Fields steps, Content& content, FieldReport& report) {
    Fields predict = steps.object("predict");
    content.predict_text = paragraphs(predict, "text", 1, 8);
    predict.list("questions", 1, 6,
                 [&](const Item& item) { content.questions.push_back(read_question(item, report)); });
    predict.finish();

    Fields run = steps.object("run");
    content.run_text = paragraphs(run, "text", 1, 8);
    run.finish();

    steps.list("explain", 1, 8, [&](const Item& item) {
        Fields from = item.object();
        Explanation step{from.text("title", 1, 120), {}, {}};
        from.list("text", 1, 12, [&](const Item& part) {
            if (!part.raw().is_object()) {
                step.text.push_back(part.text(1, 2000));
                return;
            }
            Fields figure = part.object();
            step.figures.push_back(
                {figure.id("figure"), figure.text_or("caption", 0, 300, ""), part.raw(), step.text.size()});
            figure.list_or_none("tokens", 2, 8, [](const Item& token) { (void)token.text(1, 20); });
            figure.finish();
        });
        if (step.text.empty()) item.refuse("type", "An explanation needs words.", "Add a text before the figure.");
        content.explain.push_back(std::move(step));
        from.finish();
    });

    Fields challenge = steps.object("challenge");
    content.challenge.task = challenge.text("task", 1, 1000);
    if (const auto goal = challenge.need("goal")) {
        content.challenge.goal = goal->raw();
        if (!goal->raw().is_object())
            goal->refuse("type", "The goal must be an object.", "See the schema of this lab.");
    }
    content.challenge.hints = paragraphs(challenge, "hints", 3, 3);
    challenge.list("conditions", 1, 8, [&](const Item& item) {
        Fields from = item.object();
        content.challenge.conditions.push_back({from.id("id"), from.text("text", 1, 120)});
        const std::string& id = content.challenge.conditions.back().id;
        report.check_unique("condition", id, item.path() + "/id");
        refuse_taken(item, id, {"title", "task", "verdict", "hint", "line"});
        from.finish();
    });
    challenge.finish();

    if (const auto quiz = steps.find("quiz")) content.quiz = read_quiz(*quiz, report);
    steps.finish();
}

InstructorNotes read_instructor(Fields from) {
    InstructorNotes notes;
    notes.show = paragraphs(from, "show", 1, 12);
    from.list("questions", 1, 12, [&](const Item& item) {
        Fields one = item.object();
        notes.questions.push_back({one.text("ask", 1, 300), one.text("answer", 1, 600)});
        one.finish();
    });
    notes.mistakes = paragraphs(from, "mistakes", 1, 12);
    from.finish();
    return notes;
}

template <class T, class Read>
Result<T> read_file(std::string_view bytes, const std::string& file_name, Read read) {
    auto tree = core::io::read_json(bytes, file_name, {});
    if (!tree) return tree.error();
    FieldReport report(file_name, bytes);
    Fields fields(tree.value(), report);
    T value = read(fields, tree.value(), report);
    fields.finish();
    if (!report.ok()) return report.error();
    if constexpr (requires { value.warnings; }) {
        for (const Error& warning : report.warnings()) value.warnings.push_back(core::english(warning));
    }
    return value;
}

}  // namespace

const Limit& Content::limit(const std::string& name) const {
    const auto found = limits.find(name);
    TERRARIUM_CHECK(found != limits.end(), "a lab asks only for limits that its content must have");
    return found->second;
}

bool Course::has_lab(std::string_view lab_id) const {
    return std::any_of(modules.begin(), modules.end(), [&](const Module& module) {
        return std::find(module.labs.begin(), module.labs.end(), lab_id) != module.labs.end();
    });
}

const Module* Course::find(std::string_view id) const {
    for (const Module& module : modules) {
        if (module.id == id) return &module;
    }
    return nullptr;
}

const Term* Glossary::find(std::string_view id) const {
    for (const Term& term : terms) {
        if (term.id == id) return &term;
    }
    return nullptr;
}

Result<Content> read_content(std::string_view bytes, const std::string& file_name) {
    return read_file<Content>(bytes, file_name, [](Fields& from, const json& tree, FieldReport& report) {
        Content content;
        (void)from.text_or("$schema", 0, 200, "");
        from.schema_version(1);
        content.id = from.id("id");
        content.title = from.text("title", 1, 120);
        content.subtitle = from.text("subtitle", 1, 200);
        content.module = from.id("module");
        content.idea = from.text("idea", 1, 500);
        content.minutes = from.int_in("minutes", 1, 240);
        if (const auto defaults = from.need("defaults")) {
            content.defaults = defaults->raw();
            if (!content.defaults.is_object()) {
                defaults->refuse("type", "The defaults must be an object.", "Write the lab's settings by name.");
            }
        }
        read_limits(from.object("limits"), tree.contains("limits") ? tree["limits"] : json(), content, report);
        from.list("corpora", 0, 20, [&](const Item& item) {
            Fields corpus = item.object();
            content.corpora.push_back({corpus.id("id"), corpus.text("title", 1, 80), corpus.text("about", 1, 400),
                                       corpus.text("file", 1, 200)});
            report.check_unique("corpus", content.corpora.back().id, item.path() + "/id");
            const std::string& file = content.corpora.back().file;
            if (file.find("..") != std::string::npos || file.starts_with('/') ||
                file.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._/-") != std::string::npos) {
                item.refuse("path", "The file of a corpus is a path below content/, in small letters.",
                            "Write it like corpora/harbour.txt.");
            }
            corpus.finish();
        });
        read_steps(from.object("steps"), content, report);
        from.list_or_none("misconceptions", 0, 10, [&](const Item& item) {
            Fields one = item.object();
            content.misconceptions.push_back({one.text("claim", 1, 300), one.text("correction", 1, 500)});
            one.finish();
        });
        from.list_or_none("aws", 1, 8, [&](const Item& item) {
            Fields one = item.object();
            content.aws.push_back({one.id("service"), one.text("text", 1, 400)});
            report.check_unique("service", content.aws.back().service, item.path() + "/service");
            one.finish();
        });
        if (tree.contains("instructor")) content.instructor = read_instructor(from.object("instructor"));
        content.simplified = paragraphs(from, "simplified", 1, 20);
        content.terms = from.texts("terms", 0, 100, 1, 64);
        content.sources = from.texts("sources", 1, 20, 1, 300);
        return content;
    });
}

Result<Course> read_course(std::string_view bytes, const std::string& file_name) {
    return read_file<Course>(bytes, file_name, [](Fields& from, const json&, FieldReport& report) {
        Course course;
        (void)from.text_or("$schema", 0, 200, "");
        from.schema_version(1);
        from.list("modules", 1, 20, [&](const Item& item) {
            Fields one = item.object();
            Module module{.id = one.id("id"),
                          .title = one.text("title", 1, 120),
                          .stage = one.text_or("stage", 0, 40, ""),
                          .labs = {},
                          .about = one.text_or("about", 0, 300, ""),
                          .planned = {}};
            report.check_unique("module", module.id, item.path() + "/id");
            one.list("labs", 0, 50, [&](const Item& lab) {
                module.labs.push_back(lab.id());
                report.check_unique("lab", module.labs.back(), lab.path());
            });
            one.list_or_none("planned", 0, 20, [&](const Item& item_planned) {
                Fields lab = item_planned.object();
                module.planned.push_back({lab.text("title", 1, 120), lab.text("about", 1, 300)});
                lab.finish();
            });
            one.finish();
            course.modules.push_back(std::move(module));
        });
        return course;
    });
}

Result<Glossary> read_glossary(std::string_view bytes, const std::string& file_name) {
    return read_file<Glossary>(bytes, file_name, [](Fields& from, const json&, FieldReport& report) {
        Glossary glossary;
        (void)from.text_or("$schema", 0, 200, "");
        from.schema_version(1);
        from.list("terms", 1, 1000, [&](const Item& item) {
            Fields one = item.object();
            glossary.terms.push_back({one.id("id"), one.text("term", 1, 80), one.text("text", 1, 1000)});
            report.check_unique("term", glossary.terms.back().id, item.path() + "/id");
            one.finish();
        });
        return glossary;
    });
}

std::string content_path(std::string_view lab_id) {
    static constexpr std::pair<std::string_view, std::string_view> kFolders[] = {
        {"m0", "m0_foundations"}, {"m1", "m1_data"},       {"m2", "m2_pretraining"},   {"m3", "m3_customization"},
        {"m4", "m4_evaluation"},  {"m5", "m5_deployment"}, {"capstones", "capstones"},
    };
    const size_t dot = lab_id.find('.');
    const std::string_view module = lab_id.substr(0, dot);
    for (const auto& [id, folder] : kFolders) {
        if (id == module && dot != std::string_view::npos) {
            return std::string(folder) + "/" + std::string(lab_id.substr(dot + 1)) + ".json";
        }
    }
    return std::string(lab_id) + ".json";
}

std::string content_hash(const Content& content, const Artefacts& corpora) {
    json limits = json::object();
    for (const auto& [name, limit] : content.limits) limits[name] = {limit.min, limit.max, limit.step};
    json what = {{"id", content.id}, {"goal", content.challenge.goal}, {"limits", limits}};
    for (const auto& [name, bytes] : corpora) what["corpora"][name] = core::io::sha256_hex(bytes);
    return core::io::sha256_hex(what.dump()).substr(0, 12);
}

}  // namespace terrarium::labs
