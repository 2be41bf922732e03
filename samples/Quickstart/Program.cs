return Quickstart.CommandLine.Create().Parse(args).Invoke();
