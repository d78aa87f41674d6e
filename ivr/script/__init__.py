"""Scripts: the YAML that staff edit (`reader` reads it), and the frozen values that the line runs on (`model`)."""
