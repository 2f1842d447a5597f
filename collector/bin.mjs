#!/usr/bin/env node
import './dist/sotto-collector.mjs'
