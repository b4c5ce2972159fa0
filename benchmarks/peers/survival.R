# The tasks of benchmarks/survival_tasks.cpp in R, in one process.
#
# usage: Rscript survival.R DATA MADE
#
# Says {"peer": NAME VERSIONS}, then answers each line "TASK SECONDS" of standard input as that program does.
# Data is in memory before. What a task prepares, and the violation of the conditions of a minimum, is
# not in its time.
suppressMessages({library(survival); library(glmnet); library(cmprsk)})

folders <- commandArgs(TRUE)
data_file <- function(name) file.path(folders[1], name)
made <- function(name, rows) {
  file <- file.path(folders[2], name)
  matrix(readBin(file, "double", file.size(file) / 8), rows)
}

table <- read.csv(data_file("bench_10000x10.csv"))
ten <- as.matrix(table[, paste0("x", 1:10)])
untied <- Surv(table$time, table$event)
tied <- Surv(table$time_months, table$event)
wide <- read.csv(data_file("bench_500x1000.csv"))
many <- as.matrix(wide[, -(1:2)])
wide_outcome <- Surv(wide$time, wide$event)
large_data <- made("large.bin", 10000)
large_outcome <- Surv(large_data[, 1], large_data[, 2])
large <- large_data[, -(1:2)]
rm(large_data)
hundred <- large[, 1:100]
resamples <- made("resamples.bin", nrow(many)) + 1
causes <- as.integer(made("causes.bin", 2000))
groups <- rep(1:4, 2500)
model <- coxph(untied ~ ten)
risk <- predict(model)

engine <- function(x, y) coxph.fit(x, y, NULL, NULL, NULL, coxph.control(), NULL, "efron", rownames = NULL)

# The largest violation of the conditions of a minimum at any lambda of a path.
violation <- function(path, x, y, alpha) {
  scale <- sqrt(colMeans(x^2) - colMeans(x)^2)
  worst <- 0
  for (k in seq_along(path$lambda)) {
    b <- as.numeric(path$beta[, k])
    slope <- -drop(crossprod(x, coxgrad(drop(x %*% b), y, rep(1, nrow(x))))) / scale
    b <- b * scale
    l1 <- alpha * path$lambda[k]
    slope <- slope + (1 - alpha) * path$lambda[k] * b
    off <- ifelse(b == 0, pmax(0, abs(slope) - l1), abs(slope + sign(b) * l1))
    worst <- max(worst, off)
  }
  worst
}

path_task <- function(x, y, alpha = 1, ...) list(
  run = function() glmnet(x, y, family = "cox", alpha = alpha, ...),
  checks = function(path) path$dev.ratio[c(50, 100)],
  kkt = function(path) violation(path, x, y, alpha))

fitted <- function(fit) fit$loglik[2]
tasks <- list(
  cox = list(run = function() coxph(untied ~ ten), checks = fitted),
  cox_engine = list(run = function() engine(ten, untied), checks = fitted),
  cox_tied = list(run = function() coxph(tied ~ ten), checks = fitted),
  cox_tied_engine = list(run = function() engine(ten, tied), checks = fitted),
  cox_100 = list(run = function() coxph(large_outcome ~ hundred), checks = fitted),
  cox_100_engine = list(run = function() engine(hundred, large_outcome), checks = fitted),
  ph_test = list(run = function() cox.zph(model, terms = FALSE), checks = function(z) z$table["GLOBAL", "chisq"]),
  km = list(run = function() survfit(untied ~ 1), checks = function(curve) sum(curve$surv)),
  log_rank = list(run = function() survdiff(untied ~ groups), checks = function(test) test$chisq),
  concordance = list(run = function() concordance(untied ~ risk, reverse = TRUE),
                     checks = function(c) c(c$concordance, sqrt(c$var))),
  concordance_bootstrap = list(run = function() {
    total <- 0
    for (b in seq_len(ncol(resamples))) {
      i <- resamples[, b]
      total <- total + concordance(Surv(wide$time[i], wide$event[i]) ~ many[i, 1], reverse = TRUE,
                                   std.err = FALSE)$concordance
    }
    total
  }, checks = identity),
  concordance_bootstrap_engine = list(run = function() {
    total <- 0
    first <- many[, 1]
    for (b in seq_len(ncol(resamples))) {
      i <- resamples[, b]
      total <- total + concordancefit(wide_outcome[i], first[i], reverse = TRUE, std.err = FALSE)$concordance
    }
    total
  }, checks = identity),
  univariable = list(run = function() {
    sums <- c(0, 0)
    for (j in seq_len(ncol(many))) {
      fit <- coxph(wide_outcome ~ many[, j])
      sums <- sums + c(fit$loglik[2], abs(fit$coefficients))
    }
    sums
  }, checks = identity),
  refits = list(run = function() {
    sums <- c(0, 0)
    for (b in seq_len(ncol(resamples))) {
      i <- resamples[, b]
      fit <- coxph(wide_outcome[i] ~ many[i, 1:5])
      sums <- sums + c(fit$loglik[2], sum(fit$coefficients))
    }
    sums
  }, checks = identity),
  lasso = path_task(many, wide_outcome),
  elastic_net = path_task(many, wide_outcome, 0.5),
  lasso_exact = path_task(many, wide_outcome, thresh = 1e-10),
  elastic_net_exact = path_task(many, wide_outcome, 0.5, thresh = 1e-10),
  lasso_large = path_task(large, large_outcome, lambda.min.ratio = 0.05),
  lasso_large_exact = path_task(large, large_outcome, lambda.min.ratio = 0.05, thresh = 1e-10),
  lasso_cv = list(run = function() cv.glmnet(many, wide_outcome, family = "cox", foldid = rep(1:10, 50)),
                  checks = function(cv) cv$lambda.min),
  fine_gray = list(run = function() crr(table$time[1:2000], causes, ten[1:2000, 1:3]),
                   checks = function(fit) fit$loglik),
  spearman = list(run = function() cor(many, method = "spearman"), checks = function(r) sum(r^2)),
  read_csv = list(run = function() read.csv(data_file("bench_10000x10.csv")),
                  checks = function(d) sum(sapply(d, sum))))

cpu_s <- function() sum(proc.time()[c("user.self", "sys.self")])

measure <- function(task, seconds) {
  gc()
  runs <- 0
  start <- cpu_s()
  repeat {
    answer <- task$run()
    runs <- runs + 1
    spent <- cpu_s() - start
    if (spent >= seconds) break
  }
  kkt <- if (is.null(task$kkt)) 0 else task$kkt(answer)
  cat(sprintf('{"cpu_s": %.9g, "checks": [%s], "kkt": %.3g}\n', spent / runs,
              paste(sprintf("%.17g", task$checks(answer)), collapse = ", "), kkt))
}

packages <- c("survival", "glmnet", "cmprsk")
versions <- paste(packages, sapply(packages, function(p) as.character(packageVersion(p))), collapse = ", ")
cat(sprintf('{"peer": "R %s (%s)"}\n', getRversion(), versions))
requests <- file("stdin", "r")
while (length(line <- readLines(requests, 1)) == 1) {
  words <- strsplit(line, " ")[[1]]
  measure(tasks[[words[1]]], as.numeric(words[2]))
}
