using Xunit.Sdk;
using Xunit.v3;

// The tests start processes and measure what happens under load: side by side they would disturb each other's clocks.
[assembly: Parallelization(Mode = ParallelMode.None)]
