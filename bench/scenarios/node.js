'use strict';
// What Node costs by itself.
void 0;
