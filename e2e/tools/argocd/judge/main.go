// Argo CD's own code on what we render: `apply` applies and compares as its controller does, in one way or in each; `compare` only
// compares; `applications` makes what an ApplicationSet makes of a Git repository; `hydrate` writes what the Source Hydrator commits.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/go-logr/logr"
	log "github.com/sirupsen/logrus"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/managedfields"
	"k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	cmdutil "k8s.io/kubectl/pkg/cmd/util"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/yaml"

	"github.com/argoproj/argo-cd/gitops-engine/v3/pkg/diff"
	"github.com/argoproj/argo-cd/gitops-engine/v3/pkg/health"
	synccommon "github.com/argoproj/argo-cd/gitops-engine/v3/pkg/sync/common"
	resourceutil "github.com/argoproj/argo-cd/gitops-engine/v3/pkg/sync/resource"
	"github.com/argoproj/argo-cd/gitops-engine/v3/pkg/utils/kube"
	"github.com/argoproj/argo-cd/gitops-engine/v3/pkg/utils/tracing"
	"github.com/argoproj/argo-cd/v3/applicationset/controllers/template"
	"github.com/argoproj/argo-cd/v3/applicationset/generators"
	"github.com/argoproj/argo-cd/v3/applicationset/services"
	"github.com/argoproj/argo-cd/v3/applicationset/utils"
	"github.com/argoproj/argo-cd/v3/common"
	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/argo"
	argodiff "github.com/argoproj/argo-cd/v3/util/argo/diff"
	"github.com/argoproj/argo-cd/v3/util/argo/normalizers"
	"github.com/argoproj/argo-cd/v3/util/git"
	"github.com/argoproj/argo-cd/v3/util/lua"
)

const workers = 4

// What Argo CD's settings are when nobody sets any.
var overrides = map[string]v1alpha1.ResourceOverride{
	"*/*": {IgnoreDifferences: v1alpha1.OverrideIgnoreDiff{JSONPointers: []string{"/status"}}},
}

func main() {
	log.SetLevel(log.ErrorLevel)
	var err error
	switch {
	case len(os.Args) == 3 && steps[os.Args[1]] != nil:
		err = judgeAll(steps[os.Args[1]], os.Args[2])
	case len(os.Args) == 5 && os.Args[1] == "applications":
		err = applications(os.Args[2], os.Args[3], os.Args[4])
	case len(os.Args) == 2 && os.Args[1] == "hydrate":
		err = hydrateAll(os.Stdin)
	default:
		err = fmt.Errorf("usage: hydrate <MANIFESTS | {apply|apply-SIDE|compare-SIDE} KUBECONFIG <OBJECTS | applications APPLICATIONSET APPPROJECT REPOSITORY")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// A line of `apply` and `compare`.
type verdict struct {
	Step   string `json:"step"`
	Object string `json:"object"`
	Kind   string `json:"kind"`
	Error  string `json:"error,omitempty"`
	// Modified is what Argo CD calls OutOfSync, with both of its sides.
	Modified  bool            `json:"modified"`
	Live      json.RawMessage `json:"live,omitempty"`
	Predicted json.RawMessage `json:"predicted,omitempty"`
	// Seen tells that the same comparison finds a label that only Git has.
	Seen   bool   `json:"seen"`
	Health string `json:"health"`
}

type step struct {
	name           string
	apply          applying
	tracking       v1alpha1.TrackingMethod
	serverSideDiff bool
}

type applying int

const (
	nothing applying = iota
	clientSide
	serverSide
)

var steps = map[string][]step{
	// Each starts from what the one before left, as in an installation whose settings change.
	"apply": {
		{"client-side apply, tracked by label", clientSide, v1alpha1.TrackingMethodLabel, false},
		{"client-side apply, tracked by annotation", clientSide, v1alpha1.TrackingMethodAnnotation, false},
		{"server-side apply, tracked by annotation", serverSide, v1alpha1.TrackingMethodAnnotation, false},
		{"server-side diff, tracked by annotation", nothing, v1alpha1.TrackingMethodAnnotation, true},
		{"server-side apply, tracked by label", serverSide, v1alpha1.TrackingMethodLabel, false},
		{"server-side diff, tracked by label", nothing, v1alpha1.TrackingMethodLabel, true},
	},
	// Without tracking, so that each goes with any other.
	"apply-client-side":   {{"client-side apply", clientSide, "", false}},
	"apply-server-side":   {{"server-side apply", serverSide, "", false}},
	"compare-client-side": {{"client-side diff", nothing, "", false}},
	"compare-server-side": {{"server-side diff", nothing, "", true}},
}

type judge struct {
	steps   []step
	config  *rest.Config
	kubectl *kube.KubectlCmd
	parser  *managedfields.GvkParser
	apply   kube.ResourceOperations
	dryRun  diff.KubeApplier
}

func judgeAll(steps []step, kubeconfig string) error {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	config.QPS, config.Burst = 1000, 1000
	kubectl := &kube.KubectlCmd{Log: logr.Discard(), Tracer: tracing.NopTracer{}}
	_, parser, err := kubectl.LoadOpenAPISchema(config)
	if err != nil {
		return err
	}
	apply, cleanUpApply, err := kubectl.ManageResources(config)
	if err != nil {
		return err
	}
	defer cleanUpApply()
	dryRun, cleanUpDryRun, err := kubectl.ManageServerSideDiffDryRuns(config)
	if err != nil {
		return err
	}
	defer cleanUpDryRun()
	j := judge{steps, config, kubectl, parser, apply, dryRun}

	lines := make(chan string)
	var printing sync.Mutex
	var working sync.WaitGroup
	for range workers {
		working.Go(func() {
			for line := range lines {
				for _, v := range j.all(line) {
					text, _ := json.Marshal(v)
					printing.Lock()
					fmt.Println(string(text))
					printing.Unlock()
				}
			}
		})
	}
	scanner := bufio.NewScanner(os.Stdin)
	scanner.Buffer(nil, 16<<20)
	for scanner.Scan() {
		lines <- scanner.Text()
	}
	close(lines)
	working.Wait()
	return scanner.Err()
}

func (j judge) all(line string) []verdict {
	// As the repo-server reads each line of a plugin.
	objects, err := kube.SplitYAML([]byte(line))
	if err != nil || len(objects) != 1 {
		return []verdict{{Error: fmt.Sprintf("%d objects, %v", len(objects), err)}}
	}
	var verdicts []verdict
	for _, s := range j.steps {
		v := verdict{Step: s.name, Kind: objects[0].GetKind(), Object: objects[0].GetKind() + " " + objects[0].GetNamespace() + "/" + objects[0].GetName()}
		if err := j.one(s, objects[0].DeepCopy(), &v); err != nil {
			v.Error = err.Error()
		}
		verdicts = append(verdicts, v)
	}
	return verdicts
}

func (j judge) one(s step, target *unstructured.Unstructured, v *verdict) error {
	ctx := context.Background()
	if s.tracking != "" {
		if err := argo.NewResourceTracking().SetAppInstance(target, common.LabelKeyAppInstance, "openclaw-judged", target.GetNamespace(), s.tracking, ""); err != nil {
			return err
		}
	}
	if s.apply != nothing {
		onServer := s.apply == serverSide || resourceutil.HasAnnotationOption(target, synccommon.AnnotationSyncOptions, synccommon.SyncOptionServerSideApply)
		if _, err := j.apply.ApplyResource(ctx, target.DeepCopy(), cmdutil.DryRunNone, false, true, onServer, common.ArgoCDSSAManager); err != nil {
			return err
		}
	}
	live, err := j.kubectl.GetResource(ctx, j.config, target.GroupVersionKind(), target.GetName(), target.GetNamespace())
	if err != nil {
		return err
	}
	result, err := j.compared(ctx, s, live, target)
	if err != nil {
		return err
	}
	if v.Modified = result.Modified; v.Modified {
		v.Live, v.Predicted = result.NormalizedLive, result.PredictedLive
	}
	changed := target.DeepCopy()
	labels := changed.GetLabels()
	if labels == nil {
		labels = map[string]string{}
	}
	labels["control"] = "only-in-git"
	changed.SetLabels(labels)
	control, err := j.compared(ctx, s, live, changed)
	if err != nil {
		return err
	}
	v.Seen = control.Modified
	status, err := health.GetResourceHealth(live, lua.ResourceHealthOverrides(overrides))
	if err != nil {
		return err
	}
	if status != nil {
		v.Health = string(status.Status)
	}
	return nil
}

func (j judge) compared(ctx context.Context, s step, live, target *unstructured.Unstructured) (diff.DiffResult, error) {
	config, err := argodiff.NewDiffConfigBuilder().
		WithDiffSettings(nil, overrides, false, normalizers.IgnoreNormalizerOpts{}).
		WithTracking(common.LabelKeyAppInstance, string(s.tracking)).
		WithNoCache().
		WithGVKParser(j.parser).
		WithManager(common.ArgoCDSSAManager).
		WithServerSideDiff(s.serverSideDiff).
		WithServerSideDryRunner(diff.NewK8sServerSideDryRunner(j.dryRun)).
		WithLogger(logr.Discard()).
		Build()
	if err != nil {
		return diff.DiffResult{}, err
	}
	return argodiff.StateDiff(ctx, live, target, config)
}

// What `applications` prints of each Application.
type application struct {
	Name string `json:"name"`
	// Problems are why the name or the project refuses it.
	Problems []string `json:"problems"`
	Path     string   `json:"path"`
	Files    []string `json:"files"`
}

func applications(setFile, projectFile, repository string) error {
	var set v1alpha1.ApplicationSet
	var project v1alpha1.AppProject
	if err := read(setFile, &set); err != nil {
		return err
	}
	if err := read(projectFile, &project); err != nil {
		return err
	}
	known := map[string]generators.Generator{"Git": generators.NewGitGenerator(repositories{path: repository}, set.Namespace)}
	generated, _, err := template.GenerateApplications(log.NewEntry(log.StandardLogger()), set, known, &utils.Render{}, projects{project: project})
	if err != nil {
		return err
	}
	for _, app := range generated {
		source := app.Spec.GetSource()
		made := application{Name: app.Name, Path: source.Path, Files: []string{}, Problems: []string{}}
		made.Problems = append(made.Problems, validation.IsDNS1123Subdomain(app.Name)...)
		if app.Spec.Project != project.Name || !project.IsSourcePermitted(source) {
			made.Problems = append(made.Problems, "its source is not permitted")
		}
		destination := &v1alpha1.Cluster{Server: app.Spec.Destination.Server}
		if permitted, err := project.IsDestinationPermitted(destination, app.Spec.Destination.Namespace, nil); err != nil || !permitted {
			made.Problems = append(made.Problems, "its destination is not permitted")
		}
		if source.Plugin != nil {
			for _, parameter := range source.Plugin.Parameters {
				if parameter.Name == "files" && parameter.OptionalArray != nil {
					made.Files = parameter.Array
				}
			}
		}
		text, err := json.Marshal(made)
		if err != nil {
			return err
		}
		fmt.Println(string(text))
	}
	return nil
}

func read(file string, into any) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	return yaml.UnmarshalStrict(text, into)
}

// The one project that generators ask the API server for.
type projects struct {
	client.Client
	project v1alpha1.AppProject
}

func (p projects) Get(_ context.Context, key client.ObjectKey, object client.Object, _ ...client.GetOption) error {
	into, isProject := object.(*v1alpha1.AppProject)
	if !isProject || key.Name != p.project.Name || key.Namespace != p.project.Namespace {
		return apierrors.NewNotFound(v1alpha1.Resource("appprojects"), key.Name)
	}
	p.project.DeepCopyInto(into)
	return nil
}

// A checkout of the branch, listed by Argo CD's Git client.
type repositories struct {
	services.Repos
	path string
}

func (r repositories) GetFiles(ctx context.Context, url, _, _, pattern string, _ bool, _ *v1alpha1.SourceIntegrity) (map[string][]byte, error) {
	checkout, err := git.NewClientExt(url, r.path, git.NopCreds{}, true, false, "", "")
	if err != nil {
		return nil, err
	}
	// The globbing that Argo CD has when nobody sets another.
	names, err := checkout.LsFiles(ctx, pattern, false)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, name := range names {
		if files[name], err = os.ReadFile(filepath.Join(r.path, name)); err != nil {
			return nil, err
		}
	}
	return files, nil
}

func (r repositories) GetDirectories(_ context.Context, _, _, _ string, _ bool, _ *v1alpha1.SourceIntegrity) ([]string, error) {
	var directories []string
	err := filepath.WalkDir(r.path, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case !entry.IsDir() || path == r.path:
			return nil
		case strings.HasPrefix(entry.Name(), "."):
			return filepath.SkipDir
		}
		relative, err := filepath.Rel(r.path, path)
		directories = append(directories, relative)
		return err
	})
	return directories, err
}
