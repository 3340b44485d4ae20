#include "core/io/world_lines.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

using namespace terrarium::core;
using nlohmann::json;

TEST_CASE("world lines: text is the documents in their order, each followed by a line end") {
    const world::World world(3);
    std::string streamed, expected;
    const int64_t n =
        io::stream_world(world, {.first_document = 5, .size_bytes = 200'000}, [&](std::string_view piece) {
            CHECK(piece.size() < 70'000);
            streamed += piece;
            return true;
        });
    for (int64_t i = 5; i < 5 + n; ++i) expected += world.document(i).text + "\n";
    CHECK(streamed == expected);
    CHECK(streamed.size() >= 200'000);
    CHECK(streamed.size() < 200'400);
}

TEST_CASE("world lines: a JSON line says all that is known of a document") {
    world::WorldOptions options = world::messy_options();
    options.domain_share = {1, 1, 1, 1, 1};
    const world::World world(4, options);
    for (int64_t i = 0; i < 300; ++i) {
        const world::Document document = world.document(i);
        const std::string line = io::world_line(document, world);
        CHECK(line.find('\n') == std::string::npos);
        const json read = json::parse(line);
        CHECK(read["id"] == i);
        CHECK(read["text"] == document.text);
        CHECK(read["domain"] == world::kDomainNames[static_cast<std::size_t>(document.domain)]);
        CHECK(read["nats"].get<double>() == doctest::Approx(-world.log_probability_nats(document)));
        REQUIRE(read["spans"].size() == document.spans.size());
        for (std::size_t s = 0; s < document.spans.size(); ++s) {
            const world::Span& span = document.spans[s];
            const json& said = read["spans"][s];
            CHECK(said["begin"] == span.begin);
            CHECK(said["end"] == span.end);
            CHECK(said["kind"] == world::kSpanKindNames[static_cast<std::size_t>(span.kind)]);
            CHECK(said.contains("truth") == (span.kind == world::SpanKind::Fact));
        }
    }
}

TEST_CASE("world lines: a closed pipe ends the stream") {
    const world::World world(1);
    int32_t n_pieces = 0;
    io::stream_world(world, {.size_bytes = 10'000'000}, [&](std::string_view) { return ++n_pieces < 3; });
    CHECK(n_pieces == 3);
}
