"""An accessible voice information line: Twilio phone menus by keypad and speech, spoken from YAML."""

__version__ = "0.1.0"
