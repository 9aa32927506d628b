/** The distributions, booted by Pax Exam. */
@NullMarked
package io.sallyport.itests.boot;

import org.jspecify.annotations.NullMarked;
