"""What the subcommands do, kept out of the command line's own file."""
