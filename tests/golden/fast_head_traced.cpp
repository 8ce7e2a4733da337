#include "tests/golden/fast_head.ipp"

template void glass::test::fast_head<glass::Recorder>(const FusedHead& in, float* context, const Recorder& trace);
