using Gateway.Hosting;

return await Commands.RunAsync(args);
