import "htmx.org";
import "@tabler/core";
