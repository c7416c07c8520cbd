using Gateway.Bench.Load.Report;
using Gateway.Bench.Overload;
using Gateway.Configuration;

// Puts a multiple of its capacity on the gateway and shows what becomes of it, with admission and without; README.md says how to read it.
var time = TimeProvider.System;
var study = new Study(StudyOptions.Parse(args), time);
Console.WriteLine(Machine.Describe(time));
var capacity = await study.MeasureCapacityAsync();
Console.WriteLine($"capacity {capacity:0.0} answers/s\n");
var admission = new AdmissionOptions { Queue = 256, QueueTimeout = TimeSpan.FromSeconds(2) };
await study.RunAsync("off", new AdmissionOptions { Enabled = false }, capacity);
await study.RunAsync($"on, {Site.Batch} per replica", admission with { InFlightPerReplica = Site.Batch }, capacity);
await study.RunAsync("on, learned", admission, capacity);
Console.WriteLine(Study.Render(study.Rows));
