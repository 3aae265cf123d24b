"""Sessions at home: the programme's switch, and what is prepared for one person."""
