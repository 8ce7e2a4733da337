#include "tests/support/numpy.hpp"

#include <cmath>
#include <map>

#include "engine/trace/npz.hpp"
#include "tests/support/catch.hpp"

using namespace glass;
using glass::test::run_numpy;
using glass::test::TemporaryDirectory;

namespace {

bool skipped() {
  if (glass::test::has_numpy()) return false;
  WARN("not tested: /usr/bin/python3 has no NumPy");
  return true;
}

/// Cell (i, j, k) of an array of three axes.
double at(const Array& array, std::ptrdiff_t i, std::ptrdiff_t j, std::ptrdiff_t k) {
  const std::vector<std::ptrdiff_t> step = array.strides();
  return array.values.at(static_cast<std::size_t>(i * step.at(0) + j * step.at(1) + k * step.at(2)));
}

}  // namespace

TEST_CASE("numpy: what NumPy saves is read, every type, order and number of axes, compressed or not") {
  if (skipped()) return;
  const TemporaryDirectory directory;
  const std::string printed = run_numpy(directory, R"(
a = {}
for t in '<f8 >f8 <f4 >f4 <f2 >f2 <i8 >i8 <i4 >i4 <i2 |i1 <u8 <u4 >u2 |u1'.split():
    m = np.arange(24).reshape(2, 3, 4).astype(t)
    a['C' + t], a['F' + t] = m, np.asfortranarray(m)
a['b'] = np.arange(24).reshape(2, 3, 4) % 2 == 1
a['zero'], a['list'], a['empty'] = np.float64(0.1), np.array([1., np.inf, -np.inf, np.nan]), np.zeros((0, 3))
a['stage'] = np.array('encoder.layers.0.self_attn.norm')
a['bytes'] = np.array(b'latin')
np.savez('stored.npz', **a)
np.savez_compressed('compressed.npz', **a)
)");
  REQUIRE(printed.empty());
  for (const char* file : {"stored.npz", "compressed.npz"}) {
    const Npz archive(directory / file);
    std::size_t cubes = 0;
    for (const std::string& name : archive.names()) {
      if (name[0] != 'C' && name[0] != 'F') continue;
      ++cubes;
      const Array array = archive.read(name);
      INFO(name);
      CHECK(array.shape == std::vector<std::size_t>{2, 3, 4});
      CHECK(array.fortran_order == (name[0] == 'F'));
      for (int n = 0; n < 24; ++n) CHECK(at(array, n / 12, n / 4 % 3, n % 4) == n);
    }
    CHECK(cubes == 32);
    CHECK(at(archive.read("b"), 1, 2, 3) == 1);
    CHECK(archive.read("zero").values == std::vector<double>{0.1});
    CHECK(archive.read("zero").shape.empty());
    CHECK(archive.read("list").values[2] == -HUGE_VAL);
    CHECK(std::isnan(archive.read("list").values[3]));
    CHECK(archive.read("empty").shape == std::vector<std::size_t>{0, 3});
    CHECK(archive.read("stage").texts == std::vector<std::string>{"encoder.layers.0.self_attn.norm"});
    CHECK(archive.read("bytes").texts == std::vector<std::string>{"latin"});
  }
}

TEST_CASE("numpy: what is written here NumPy reads as the same numbers") {
  if (skipped()) return;
  const TemporaryDirectory directory;
  write_npz(directory / "x.npz", {{"m", {kFloat64, {2, 3}, true, {1, 4, 0.1, 5, 3, -HUGE_VAL}, {}}},
                                  {"w", {kFloat32, {2, 2}, false, {0.5, 1, 2, 3}, {}}},
                                  {"ids", {kInt64, {3}, false, {7, 0, -1}, {}}},
                                  {"stage", {kText, {}, false, {}, {"h\u00e9\u25b8"}}},
                                  {"none", {kFloat64, {0, 4}, true, {}, {}}}});
  CHECK(run_numpy(directory, R"(
z = np.load('x.npz')
for k in z: print(k, z[k].dtype.str, z[k].shape, ascii(z[k].tolist()))
)") == R"(m <f8 (2, 3) [[1.0, 0.1, 3.0], [4.0, 5.0, -inf]]
w <f4 (2, 2) [[0.5, 1.0], [2.0, 3.0]]
ids <i8 (3,) [7, 0, -1]
stage <U3 () 'h\xe9\u25b8'
none <f8 (0, 4) []
)");
}

TEST_CASE("numpy: an array is written byte for byte as numpy.save writes it") {
  if (skipped()) return;
  const TemporaryDirectory directory;
  REQUIRE(run_numpy(directory,
                    "np.save('f.npy', np.asfortranarray([[1., 2.], [3., 4.]]))\n"
                    "np.save('s.npy', np.array('abc'))\nnp.save('i.npy', np.arange(70000))") == "");
  for (const char* file : {"f.npy", "s.npy", "i.npy"}) {
    const Array array = read_npy(directory / file);
    write_npy(directory / "again.npy", array);
    CHECK(test::read_file(directory / "again.npy") == test::read_file(directory / file));
  }
}

TEST_CASE("numpy: pickles, structures, complex and long numbers and dates are refused by name") {
  if (skipped()) return;
  const TemporaryDirectory directory;
  REQUIRE(run_numpy(directory, R"(
np.savez('bad.npz', pickle=np.array([1, 'a', None], dtype=object), structure=np.zeros(2, [('a', 'f4')]),
         complex=np.zeros(2, complex), long=np.zeros(2, np.longdouble), date=np.array(['2020-01-01'], 'M8[D]'))
)") == "");
  const Npz archive(directory / "bad.npz");
  CHECK(archive.names().size() == 5);
  const std::string where = (directory / "bad.npz").string() + ": ";
  const std::map<std::string, std::string> refusals = {
      {"pickle",
       "object arrays (pickles) are not read, because reading one can run any program; save the numbers as "
       "float64"},
      {"structure", "structured arrays are not read; save each field alone"},
      {"complex",
       "the element type \"<c16\" is not read; save it as float64, float32, float16, an integer type or bool"},
      {"long", "the element type \"<f16\" is not read; save it as float64, float32, float16, an integer type or bool"},
      {"date",
       "the element type \"<M8[D]\" is not read; save it as float64, float32, float16, an integer type or bool"}};
  for (const auto& [name, reason] : refusals) {
    CHECK(test::message_of([&archive, &key = name] { (void)archive.read(key); }) ==
          where + "\"" + name + "\": " + reason);
  }
}
