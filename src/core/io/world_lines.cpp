#include "core/io/world_lines.h"

#include <nlohmann/json.hpp>

#include "core/support/check.h"

namespace terrarium::core::io {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

template <class Enum, std::size_t N>
std::string_view name_of(const std::array<std::string_view, N>& names, Enum value) {
    return names[static_cast<std::size_t>(value)];
}

ordered_json span_json(const world::Span& span, const world::FactBase& facts) {
    ordered_json out = {{"kind", name_of(world::kSpanKindNames, span.kind)}, {"begin", span.begin}, {"end", span.end}};
    if (span.kind == world::SpanKind::Fact) {
        const world::Fact& fact = facts.facts()[static_cast<std::size_t>(span.fact)];
        out["truth"] = name_of(world::kTruthNames, span.truth);
        out["fact"] = span.fact;
        out["relation"] = name_of(world::kRelationNames, fact.relation);
        out["subject"] = facts.thing(fact.subject).name;
    } else if (span.entity >= 0) {
        out["entity"] = facts.thing(span.entity).name;
    }
    return out;
}

}  // namespace

std::string world_line(const world::Document& document, const world::World& world) {
    ordered_json line = {{"id", document.id},
                         {"text", document.text},
                         {"domain", name_of(world::kDomainNames, document.domain)},
                         {"source", name_of(world::kSourceNames, document.source)},
                         {"licence", name_of(world::kLicenceNames, document.licence)},
                         {"consent", document.has_consent},
                         {"dialect", name_of(world::kDialectNames, document.dialect)},
                         {"group", name_of(world::kGroupNames, document.group)},
                         {"voice", name_of(world::kVoiceNames, document.voice)},
                         {"day", document.date_day},
                         {"access", name_of(world::kAccessLevelNames, document.access)},
                         {"cluster", document.duplicate_cluster},
                         {"near_duplicate", document.is_near_duplicate},
                         {"junk", document.is_junk},
                         {"poisoned", document.is_poisoned}};
    if (document.incident >= 0) line["incident"] = name_of(world::kIncidentNames, document.incident);
    line["nats"] = -world.log_probability_nats(document);  // infinity is written as null
    ordered_json spans = ordered_json::array();
    for (const world::Span& span : document.spans) spans.push_back(span_json(span, world.facts()));
    line["spans"] = std::move(spans);
    return line.dump();
}

int64_t stream_world(const world::World& world, const WorldStream& stream,
                     const std::function<bool(std::string_view)>& out) {
    TERRARIUM_CHECK(stream.first_document >= 0 && stream.size_bytes >= 0, "A stream has a size and a beginning.");
    constexpr std::size_t kPiece = 64 * 1024;
    std::string piece;
    piece.reserve(kPiece + 4096);
    world::Document document;
    int64_t n_documents = 0, n_bytes = 0;
    while (n_bytes < stream.size_bytes) {
        world.write(document, stream.first_document + n_documents++);
        const std::size_t before = piece.size();
        piece += stream.with_truth ? world_line(document, world) : document.text;
        piece += '\n';
        n_bytes += static_cast<int64_t>(piece.size() - before);
        if (piece.size() < kPiece && n_bytes < stream.size_bytes) continue;
        if (!out(piece)) break;
        piece.clear();
    }
    return n_documents;
}

}  // namespace terrarium::core::io
