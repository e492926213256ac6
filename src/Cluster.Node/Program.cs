Console.Error.WriteLine("cluster: nothing to run yet");
return 1;
