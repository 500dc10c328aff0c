"""The server in an office: installing, upgrading, the settings of what runs beside the program."""
