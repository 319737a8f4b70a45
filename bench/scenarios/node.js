'use strict';
// The baseline: Node without a script.
void 0;
