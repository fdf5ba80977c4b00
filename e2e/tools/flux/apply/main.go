// Flux's own apply: what kustomize-controller does with the objects of a Kustomization once they are built.
//
//	apply KUBECONFIG MANAGER ...    reads a Kustomization's objects from each line, as a JSON array, and prints a line for each:
//	                                {"line": 0, "actions": {"ID": "created"}} or {"line": 0, "error": "..."}
//
// The managers are those of --override-manager.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/fluxcd/cli-utils/pkg/kstatus/polling"
	"github.com/fluxcd/pkg/ssa"
	"github.com/fluxcd/pkg/ssa/normalize"
	"github.com/fluxcd/pkg/ssa/utils"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/apiutil"
)

const (
	workers    = 4
	controller = "kustomize-controller"
	group      = "kustomize.toolkit.fluxcd.io"
)

type task struct {
	Line    int               `json:"line"`
	Actions map[string]string `json:"actions,omitempty"`
	Error   string            `json:"error,omitempty"`
	text    string
}

func main() {
	if len(os.Args) < 2 {
		fail(fmt.Errorf("usage: apply KUBECONFIG MANAGER ... <OBJECTS"))
	}
	config, err := clientcmd.BuildConfigFromFlags("", os.Args[1])
	if err != nil {
		fail(err)
	}
	config.QPS, config.Burst = 1000, 1000
	// The server tells of Pod Security at each template; their pods are judged elsewhere.
	config.WarningHandler = rest.NoWarnings{}
	manager, err := newManager(config)
	if err != nil {
		fail(err)
	}
	options := applyOptions(os.Args[2:])

	tasks := make(chan task)
	var printing sync.Mutex
	var working sync.WaitGroup
	for range workers {
		working.Add(1)
		go func() {
			defer working.Done()
			for one := range tasks {
				if err := apply(manager, options, &one); err != nil {
					one.Error = err.Error()
				}
				text, _ := json.Marshal(one)
				printing.Lock()
				fmt.Println(string(text))
				printing.Unlock()
			}
		}()
	}
	scanner := bufio.NewScanner(os.Stdin)
	scanner.Buffer(nil, 64<<20)
	for line := 0; scanner.Scan(); line++ {
		tasks <- task{Line: line, text: scanner.Text()}
	}
	close(tasks)
	working.Wait()
	if err := scanner.Err(); err != nil {
		fail(err)
	}
}

func newManager(config *rest.Config) (*ssa.ResourceManager, error) {
	http, err := rest.HTTPClientFor(config)
	if err != nil {
		return nil, err
	}
	mapper, err := apiutil.NewDynamicRESTMapper(config, http)
	if err != nil {
		return nil, err
	}
	api, err := client.New(config, client.Options{HTTPClient: http, Mapper: mapper})
	if err != nil {
		return nil, err
	}
	poller := polling.NewStatusPoller(api, mapper, polling.Options{})
	return ssa.NewResourceManager(api, poller, ssa.Owner{Field: controller, Group: group}), nil
}

// What the controller asks for when a Kustomization sets nothing.
func applyOptions(overridden []string) ssa.ApplyOptions {
	options := ssa.DefaultApplyOptions()
	options.WaitInterval = 100 * time.Millisecond
	options.ExclusionSelector = map[string]string{group + "/reconcile": "disabled", group + "/ssa": "Ignore"}
	options.IfNotPresentSelector = map[string]string{group + "/ssa": "IfNotPresent"}
	options.ForceSelector = map[string]string{group + "/force": "Enabled"}
	taken := []ssa.FieldManager{
		{Name: "kubectl", OperationType: metav1.ManagedFieldsOperationApply},
		{Name: "kubectl", OperationType: metav1.ManagedFieldsOperationUpdate},
		{Name: "before-first-apply", OperationType: metav1.ManagedFieldsOperationUpdate},
		{Name: controller, OperationType: metav1.ManagedFieldsOperationUpdate},
	}
	for _, name := range overridden {
		taken = append(taken,
			ssa.FieldManager{Name: name, OperationType: metav1.ManagedFieldsOperationApply},
			ssa.FieldManager{Name: name, OperationType: metav1.ManagedFieldsOperationUpdate})
	}
	options.Cleanup = ssa.ApplyCleanupOptions{
		Annotations:   []string{corev1.LastAppliedConfigAnnotation},
		FieldManagers: taken,
		Exclusions:    map[string]string{group + "/ssa": "Merge"},
	}
	return options
}

func apply(manager *ssa.ResourceManager, options ssa.ApplyOptions, one *task) error {
	// A list, so that it reads each object as from a build.
	objects, err := utils.ReadObjects(strings.NewReader(one.text))
	if err != nil {
		return err
	}
	manager.SetOwnerLabels(objects, "agents", "flux-system")
	if err := normalize.UnstructuredList(objects); err != nil {
		return err
	}
	changes, err := manager.ApplyAllStaged(context.Background(), objects, options)
	if err != nil {
		return err
	}
	one.Actions = map[string]string{}
	for _, entry := range changes.Entries {
		one.Actions[entry.Subject] = entry.Action.String()
	}
	return nil
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
