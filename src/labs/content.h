// What the content files say: labs, course, glossary. Plain structs, read through the one JSON door; authors' words and
// numbers live there, code holds labels and one-sentence verdicts.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "labs/lab.h"
#include "labs/quiz.h"

namespace terrarium::labs {

/// What a value may be. The same limits bind the page, the URL and the command line.
struct Limit {
    double min = 0, max = 0;
    double step = 0;  ///< 0: continuous
};

struct CorpusInfo {
    std::string id, title, about;
    std::string file;  ///< path below content/
};

struct QuestionOption {
    std::string id, text;
    std::string sample;         ///< which-of-two: a text to compare
    std::vector<double> curve;  ///< which-of-two: a curve to compare, heights 0 to 1
};

/// A prediction: stored before the run unlocks, compared with the outcome afterwards.
struct Question {
    enum class Kind {
        Choice,      ///< one of a few
        Number,      ///< with a unit
        Order,       ///< options from first to last
        Sketch,      ///< a curve through a few control points
        Which,       ///< one of two texts or curves side by side
        Likelihood,  ///< how likely it is that something happens, 0 to 100 %
    };
    std::string id, text;
    Kind kind = Kind::Choice;
    std::vector<QuestionOption> options;
    double min = 0, max = 0, start = 0;  ///< number; sketch: of the height
    std::string unit;
    std::string x_name, y_name;   ///< sketch: with units
    double x_max = 0;             ///< sketch: the points stand evenly from 0 to x_max
    int64_t n_points = 0;         ///< sketch
    bool asks_certainty = false;  ///< "How sure are you?" beside the answer
};

struct Explanation {
    /// A drawing of the program's own, after that many texts.
    struct Figure {
        std::string id, caption;
        json parameters;  ///< the whole entry as it was written; the figure knows what it wants
        size_t after = 0;
    };
    std::string title;
    std::vector<std::string> text;  ///< Markdown (ui/markup.h)
    std::vector<Figure> figures;
};

struct ChallengeText {
    std::string task;
    json goal;  ///< the lab's own Goal
    std::vector<std::string> hints;
    std::vector<QuestionOption> conditions;  ///< id and words of each live condition
};

struct Misconception {
    std::string claim, correction;
};

/// What a service of the dated list (labs/services.h) would do of what the learner did here.
struct ServiceUse {
    std::string service, text;
};

/// For the person who teaches with the lab; never shown to learners unasked.
struct InstructorNotes {
    struct Question {
        std::string ask, answer;  ///< the answer stands behind a switch
    };
    std::vector<std::string> show;  ///< what to do in two minutes, in order
    std::vector<Question> questions;
    std::vector<std::string> mistakes;
};

struct Content {
    std::string id, title, subtitle, module, idea;
    int64_t minutes = 0;
    json defaults;  ///< the lab's own Config
    std::map<std::string, Limit> limits;
    std::vector<CorpusInfo> corpora;
    std::vector<std::string> predict_text;
    std::vector<Question> questions;
    std::vector<std::string> run_text;
    std::vector<Explanation> explain;
    ChallengeText challenge;
    std::vector<QuizItem> quiz;  ///< a case study's items follow each other and share its text
    std::vector<Misconception> misconceptions;
    std::vector<std::string> simplified, terms, sources;
    std::vector<ServiceUse> aws;
    InstructorNotes instructor;
    std::vector<std::string> warnings;  ///< unknown fields and the like: shown to authors by `terrarium check`

    /// The limit of a value; a lab asks only for names that its content must have (TERRARIUM_CHECK).
    const Limit& limit(const std::string& name) const;
};

/// A lab that does not exist yet: the map shows it, and says so.
struct PlannedLab {
    std::string title, about;
};
struct Module {
    std::string id, title;
    std::string stage;  ///< of a model's life, in one word; "": beside the loop (foundations, capstones)
    std::vector<std::string> labs;
    std::string about;
    std::vector<PlannedLab> planned;
};
struct Course {
    std::vector<Module> modules;
    const Module* find(std::string_view id) const;
    /// Whether a lab is ready in one of the modules; its code may lie in another volume (labs/volumes/).
    bool has_lab(std::string_view lab_id) const;
};

struct Term {
    std::string id, term, text;
};
struct Glossary {
    std::vector<Term> terms;
    const Term* find(std::string_view id) const;
};

/// bytes and name of the file; every error names file, line, path and a next step. Beyond the form of the file these
/// check what only a reader of the whole can know: that the limits hold the defaults, that ids are unique.
core::Result<Content> read_content(std::string_view bytes, const std::string& file_name);
core::Result<Course> read_course(std::string_view bytes, const std::string& file_name);
core::Result<Glossary> read_glossary(std::string_view bytes, const std::string& file_name);

/// "m2.pretraining" -> "m2_pretraining/pretraining.json": where a lab's content lives below content/.
std::string content_path(std::string_view lab_id);

/// Hash of everything in the content that decides what a challenge computes: corpora, limits, goal. Part of a result
/// code.
std::string content_hash(const Content& content, const Artefacts& corpora);

}  // namespace terrarium::labs
