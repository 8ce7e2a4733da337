#include "engine/trace/npy.hpp"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include "engine/trace/element.hpp"
#include "engine/trace/output_file.hpp"

namespace glass {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 20;
constexpr std::size_t kMaxDictionary = std::size_t{1} << 16;

/// Fills the buffer, or says that the bytes are not there.
void read_exactly(ByteSource& source, char* to, std::size_t count) {
  while (count > 0) {
    const std::size_t got = source.read(to, count);
    if (got == 0) throw std::runtime_error(source.where + ": ends too early: the file is truncated");
    to += got;
    count -= got;
  }
}

std::size_t read_length(ByteSource& source, std::size_t bytes) {
  unsigned char raw[4] = {};
  read_exactly(source, reinterpret_cast<char*>(raw), bytes);
  return raw[0] | std::size_t{raw[1]} << 8 | std::size_t{raw[2]} << 16 | std::size_t{raw[3]} << 24;
}

void decode(Array& array, const NpyHeader& header, std::string_view bytes) {
  const bool as_it_lies = header.dtype == kFloat64 && header.big_endian == (std::endian::native == std::endian::big);
  if (as_it_lies) {
    const std::size_t before = array.values.size();
    array.values.resize(before + bytes.size() / 8);
    std::memcpy(array.values.data() + before, bytes.data(), bytes.size());
    return;
  }
  for (std::size_t at = 0; at < bytes.size(); at += header.element_size) {
    if (header.dtype.kind == Kind::text) {
      array.texts.push_back(decode_text(bytes.substr(at, header.element_size), header.dtype.size, header.big_endian));
    } else {
      array.values.push_back(decode_number(bytes.data() + at, header.dtype, header.big_endian));
    }
  }
}

}  // namespace

NpyHeader read_npy_header(ByteSource& source) {
  char magic[8] = {};
  if (source.size < sizeof magic) throw std::runtime_error(source.where + ": ends too early: the file is truncated");
  read_exactly(source, magic, sizeof magic);
  if (std::string_view(magic, 6) != "\x93NUMPY") {
    throw std::runtime_error(source.where + ": is not an .npy array: it does not begin with the magic number");
  }
  if (magic[6] < 1 || magic[6] > 3 || magic[7] != 0) {
    throw std::runtime_error(source.where + ": is an .npy array of version " + std::to_string(magic[6]) + "." +
                             std::to_string(magic[7]) + "; known are 1.0, 2.0 and 3.0");
  }
  const std::size_t length_bytes = magic[6] == 1 ? 2 : 4;
  const std::size_t length = read_length(source, length_bytes);
  if (length > kMaxDictionary) {
    throw std::runtime_error(source.where + ": the .npy header is damaged: it claims to be " + std::to_string(length) +
                             " bytes long");
  }
  std::string dictionary(length, '\0');
  read_exactly(source, dictionary.data(), length);
  const NpyHeader header = parse_npy_header(dictionary, source.where);
  const std::size_t promised = sizeof magic + length_bytes + length + header.bytes();
  if (promised != source.size) {
    throw std::runtime_error(source.where + ": the header promises " + std::to_string(promised) + " bytes (shape " +
                             shape_text(header.shape) + "), but there are " + std::to_string(source.size));
  }
  return header;
}

Array read_npy(ByteSource& source) {
  const NpyHeader header = read_npy_header(source);
  Array array{header.dtype, header.shape, header.fortran_order, {}, {}};
  if (header.element_size == 0) {
    array.texts.resize(header.size());
  } else {
    const std::size_t chunk = std::max<std::size_t>(kChunk / header.element_size, 1) * header.element_size;
    std::string buffer(std::min(chunk, header.bytes()), '\0');
    for (std::size_t left = header.bytes(); left > 0;) {
      const std::size_t count = std::min(left, buffer.size());
      read_exactly(source, buffer.data(), count);
      decode(array, header, std::string_view(buffer).substr(0, count));
      left -= count;
    }
  }
  char beyond = 0;  // the checksum of an archive's entry is only verified where it ends
  if (source.read(&beyond, 1) != 0) throw std::runtime_error(source.where + ": goes on after its end");
  return array;
}

void require_readable(const std::filesystem::path& file) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(file, error);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    throw std::runtime_error(file.string() + ": is not a regular file");
  }
  errno = 0;
  if (!std::ifstream(file, std::ios::binary)) {
    throw std::runtime_error(file.string() + ": cannot be read: " + std::generic_category().message(errno));
  }
}

Array read_npy(const std::filesystem::path& file) {
  require_readable(file);
  std::ifstream stream(file, std::ios::binary);
  ByteSource source{file.string(), std::filesystem::file_size(file), [&](char* to, std::size_t count) {
                      stream.read(to, static_cast<std::streamsize>(count));
                      return static_cast<std::size_t>(stream.gcount());
                    }};
  return read_npy(source);
}

std::string npy_data(const Array& array) {
  std::string bytes;
  if (array.dtype.kind == Kind::text) {
    const NpyHeader header = parse_npy_header(npy_prefix(array).substr(10), "text");
    for (const std::string& text : array.texts) encode_text(bytes, text, header.element_size / 4);
    return bytes;
  }
  bytes.reserve(array.values.size() * array.dtype.size);
  for (const double value : array.values) encode_number(bytes, value, array.dtype);
  return bytes;
}

void write_npy(const std::filesystem::path& file, const Array& array) {
  OutputFile output(file);
  output.write(npy_prefix(array));
  output.write(npy_data(array));
  output.commit();
}

}  // namespace glass
