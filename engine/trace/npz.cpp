#include "engine/trace/npz.hpp"

#include <zip.h>

#include <bit>
#include <deque>
#include <stdexcept>
#include <system_error>

#include "engine/trace/output_file.hpp"

namespace glass {
namespace {

constexpr std::string_view kSuffix = ".npy";
constexpr zip_int64_t kMaxEntries = 1 << 17;
constexpr zip_uint16_t kDosDate = 1 << 5 | 1;  // 1 January 1980

std::string describe(int code) {
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  std::string text = zip_error_strerror(&error);
  zip_error_fini(&error);
  return text;
}

using Archive = std::unique_ptr<zip_t, decltype(&zip_discard)>;

Archive open_archive(const std::filesystem::path& file, int flags) {
  int code = 0;
  zip_t* archive = zip_open(file.c_str(), flags, &code);
  if (archive == nullptr)
    throw std::runtime_error(file.string() + ": is not a readable .npz archive: " + describe(code));
  return {archive, zip_discard};
}

/// Why the archive could not be written: the system's reason, if it was the system.
std::string reason(zip_t* archive) {
  zip_error_t* error = zip_get_error(archive);
  if (zip_error_system_type(error) != ZIP_ET_SYS) return zip_error_strerror(error);
  return std::generic_category().message(zip_error_code_system(error));
}

/// One array's bytes until the archive is closed: the header, and the data where it lies if the file wants it so.
struct Entry {
  std::string prefix, data;
  zip_buffer_fragment_t fragments[2] = {};

  explicit Entry(const Array& array) : prefix(npy_prefix(array)) {
    const bool as_it_lies = array.dtype == kFloat64 && std::endian::native == std::endian::little;
    if (!as_it_lies) data = npy_data(array);
    const void* bytes = as_it_lies ? static_cast<const void*>(array.values.data()) : data.data();
    const std::size_t length = as_it_lies ? array.values.size() * sizeof(double) : data.size();
    fragments[0] = {reinterpret_cast<zip_uint8_t*>(prefix.data()), prefix.size()};
    fragments[1] = {static_cast<zip_uint8_t*>(const_cast<void*>(bytes)), length};
  }
};

bool add(zip_t* archive, const std::string& name, Entry& entry) {
  const zip_uint64_t count = entry.fragments[1].length == 0 ? 1 : 2;
  zip_source_t* source = zip_source_buffer_fragment(archive, entry.fragments, count, 0);
  if (source == nullptr) return false;
  const zip_int64_t at = zip_file_add(archive, (name + std::string(kSuffix)).c_str(), source, ZIP_FL_ENC_UTF_8);
  if (at < 0) {
    zip_source_free(source);
    return false;
  }
  const auto index = static_cast<zip_uint64_t>(at);
  return zip_set_file_compression(archive, index, ZIP_CM_STORE, 0) == 0 &&
         zip_file_set_dostime(archive, index, 0, kDosDate, 0) == 0;
}

}  // namespace

Npz::Npz(std::filesystem::path file) : file_(std::move(file)) {
  require_readable(file_);
  archive_ = open_archive(file_, ZIP_RDONLY);
  const zip_int64_t count = zip_get_num_entries(archive_.get(), 0);
  if (count > kMaxEntries) throw std::runtime_error(file_.string() + ": holds " + std::to_string(count) + " entries");
  for (zip_int64_t i = 0; i < count; ++i) {
    const auto index = static_cast<zip_uint64_t>(i);
    const char* raw = zip_get_name(archive_.get(), index, ZIP_FL_ENC_GUESS);
    const std::string name = raw == nullptr ? "" : raw;
    if (name.ends_with('/')) continue;
    if (!name.ends_with(kSuffix)) {
      throw std::runtime_error(file_.string() + ": holds " + in_quotes(name) + ", which is not an .npy array");
    }
    names_.push_back(name.substr(0, name.size() - kSuffix.size()));
    if (!index_.emplace(names_.back(), index).second) {
      throw std::runtime_error(file_.string() + ": holds " + in_quotes(names_.back()) + " twice");
    }
  }
}

template <class Result>
Result Npz::with_entry(const std::string& name, Result (*use)(ByteSource&)) const {
  const auto found = index_.find(name);
  if (found == index_.end()) throw std::runtime_error(file_.string() + ": holds no array " + in_quotes(name));
  const std::string where = file_.string() + ": " + in_quotes(name);
  zip_stat_t about;
  zip_stat_init(&about);
  zip_file_t* opened = zip_stat_index(archive_.get(), found->second, 0, &about) == 0
                           ? zip_fopen_index(archive_.get(), found->second, 0)
                           : nullptr;
  if (opened == nullptr) throw std::runtime_error(where + ": cannot be read: " + zip_strerror(archive_.get()));
  const std::shared_ptr<zip_file_t> entry(opened, zip_fclose);
  ByteSource source{where, about.size, [&](char* to, std::size_t count) {
                      const zip_int64_t got = zip_fread(entry.get(), to, count);
                      if (got < 0) {
                        throw std::runtime_error(where + ": is damaged: " + zip_file_strerror(entry.get()));
                      }
                      return static_cast<std::size_t>(got);
                    }};
  return use(source);
}

NpyHeader Npz::header(const std::string& name) const { return with_entry<NpyHeader>(name, read_npy_header); }

Array Npz::read(const std::string& name) const { return with_entry<Array>(name, read_npy); }

void write_npz(const std::filesystem::path& file, const std::vector<NamedArray>& arrays) {
  if (arrays.empty()) throw std::invalid_argument(file.string() + ": there is no array to write");
  std::deque<Entry> entries;  // the archive points into them
  for (const NamedArray& named : arrays) entries.emplace_back(named.array);
  OutputFile output(file);
  Archive archive = open_archive(output.temporary(), ZIP_CREATE | ZIP_TRUNCATE);
  for (std::size_t i = 0; i < arrays.size(); ++i) {
    if (add(archive.get(), arrays[i].name, entries[i])) continue;
    throw std::invalid_argument(file.string() + ": " + in_quotes(arrays[i].name) +
                                " cannot be added: " + zip_strerror(archive.get()));
  }
  if (zip_close(archive.get()) != 0) {
    throw std::runtime_error(file.string() + ": cannot be written: " + reason(archive.get()));
  }
  (void)archive.release();  // closing frees it
  output.commit();
}

}  // namespace glass
