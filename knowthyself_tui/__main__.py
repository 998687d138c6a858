"""`python -m knowthyself_tui` is the same as `knowthyself`."""

from knowthyself_tui.cli import main

if __name__ == "__main__":
    main()
