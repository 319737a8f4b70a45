'use strict';
const fs = require('node:fs');
process.on('exit', () => fs.writeSync(3, JSON.stringify({ maxRssKib: process.resourceUsage().maxRSS })));
