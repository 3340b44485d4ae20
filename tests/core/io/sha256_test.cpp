#include "core/io/sha256.h"

#include <doctest/doctest.h>

using namespace terrarium::core::io;

TEST_CASE("sha256: the published test values") {
    // NIST, Secure Hash Standard, example values; the last is the well-known million of a.
    CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(sha256_hex(
              "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrst"
              "nopqrstu") == "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
    CHECK(sha256_hex(std::string(1'000'000, 'a')) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("sha256: lengths around the block size, hashed together, as Python's hashlib gives it") {
    // hashlib.sha256("".join(hashlib.sha256(b"x" * n).hexdigest() for n in range(200)).encode()).hexdigest()
    std::string all;
    for (size_t n = 0; n < 200; ++n) all += sha256_hex(std::string(n, 'x'));
    CHECK(sha256_hex(all) == "f61ffcc417e1f0e59eba2da7fa32fbe05b64e478b68c6bacf990455f00248b98");
}

TEST_CASE("sha256: portions do not matter") {
    const std::string bytes(1000, 'q');
    for (const size_t portion : {1u, 7u, 63u, 64u, 65u, 999u}) {
        Sha256 hash;
        for (size_t at = 0; at < bytes.size(); at += portion) hash.update(std::string_view(bytes).substr(at, portion));
        Sha256 whole;
        whole.update(bytes);
        CHECK(hash.digest() == whole.digest());
    }
}
