#include "tests/golden/fast_head.ipp"

template void glass::test::fast_head<glass::NoTrace>(const FusedHead& in, float* context, const NoTrace& trace);
