using Cluster.Node.Cli;
using Cluster.Node.Hosting;

return await CommandLine.InvokeAsync(args, NodeHost.RunAsync).ConfigureAwait(false);
