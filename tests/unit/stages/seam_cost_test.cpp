#include <atomic>
#include <cstdlib>
#include <new>

#include "engine/stages/seam.hpp"
#include "tests/support/catch.hpp"

namespace {

std::atomic<std::size_t> allocations{0};

}  // namespace

// Counts every allocation of this program. All forms that the plain delete below may meet are replaced with it.
void* operator new(std::size_t size, const std::nothrow_t& /*tag*/) noexcept {
  ++allocations;
  return std::malloc(size == 0 ? 1 : size);
}
void* operator new(std::size_t size) {
  if (void* memory = operator new(size, std::nothrow)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t /*size*/) noexcept { std::free(memory); }

using namespace glass;

TEST_CASE("seam: off, a scope and a name allocate nothing and copy nothing", "[stages][seam]") {
  Mat matrix(40, 50, arma::fill::ones);
  const double* numbers = matrix.memptr();
  const Seam off;
  const std::size_t before = allocations;
  for (std::size_t h = 0; h < 100; ++h) {
    const Seam head = off.in("decoder").in("layers", 11).in("encoder_attn").in("head", h);
    matrix = head("masked_scores_of_a_name_too_long_for_a_short_string", std::move(matrix));
  }
  const std::size_t after = allocations;
  CHECK(after == before);
  CHECK(matrix.memptr() == numbers);
}

TEST_CASE("seam: on, the same does allocate, so that the count above means something", "[stages][seam]") {
  Recording recording;
  const std::size_t before = allocations;
  (void)Seam(recording).in("encoder")("memory", Mat(40, 50, arma::fill::ones));
  CHECK(allocations > before);
}
