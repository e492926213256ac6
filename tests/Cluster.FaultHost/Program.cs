using Cluster.FaultHost;
using Cluster.Node.Cli;
using Cluster.Node.Hosting;

// The shipped server with one difference: it kills itself at a named fault point once it is armed.
return await CommandLine.InvokeAsync(
    args, static (settings, stop) => NodeHost.RunAsync(settings, ArmedFaultPoint.FromEnvironment(), stop));
